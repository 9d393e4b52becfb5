"""The view `military`: arms, exercises and agreements, and deals from talks to delivery."""

from __future__ import annotations

from operator import itemgetter

from bilatcli.query.interpret import interpret, require_country
from bilatcli.text import json_string
from bilatcli.views import DETAIL_ONLY, FACT_OPTIONS, STATUS_COLUMNS, View
from bilatcli.views.fetch import MILITARY_FACTS, PLAIN_MILITARY_FACTS, to_fact_jsons
from bilatcli.views.result import find_facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index import Row
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document
    from bilatcli.views.result import ResultSet


def build(request: Request, index: Index) -> Document:
    """Return the military facts, and every chain that one of them is part of."""
    query = interpret(request, index)
    require_country(query, index, takes_subjects=True)
    found = find_facts(
        query,
        index,
        sort_by=itemgetter("relation", "group_key"),
        statement=PLAIN_MILITARY_FACTS if query.is_plain else MILITARY_FACTS,
        topic=VIEW.topic,
    )
    found.arrange()
    return found.document(VIEW, chains=_chain_jsons(found))


def _chain_jsons(found: ResultSet) -> list[str]:
    """Return the JSON of each chain with all its steps, superseded and filtered ones included."""
    chains: dict[tuple[str, str], list[Row]] = {
        (fact["relation"], chain): [] for fact in found.facts if (chain := fact["chain"])
    }
    wanted = found.query.request.wanted_verification
    for fact in found.all_facts if chains else ():
        # Most facts are in no chain.
        if chain := fact["chain"]:
            steps = chains.get((fact["relation"], chain))
            if steps is not None and wanted in (None, fact["verification"]):
                steps.append(fact)
    return [
        f'{{"relation":{json_string(relation)},"name":{json_string(name)},'
        f'"steps":[{",".join(to_fact_jsons(steps, found.day, column="step_json"))}]}}'
        for (relation, name), steps in chains.items()
    ]


VIEW = View(
    "military",
    "List arms, exercises and agreements, with each deal from talks to delivery.",
    build=build,
    tool_hint="Smaller if words name a system, as in `az pk jf-17`.",
    examples=(
        "bilatcli military az pk jf-17",
        "bilatcli military armenia --all",
        "bilatcli military --from PK --to AZ",
    ),
    options=("elsewhere", *FACT_OPTIONS),
    columns=(
        ("date", 0),
        ("system", 130),
        ("stage", 90),
        ("quantity", 110),
        ("value_usd", 110),
        ("text", 0),
        *STATUS_COLUMNS,
        ("partners", DETAIL_ONLY),
    ),
    group="kind",
    noun="military fact",
    topic="military",
)
