"""`publish`: publish the index to PostgreSQL or a compatible database."""

from __future__ import annotations

from bilatcli.cli.command import Command
from bilatcli.index.publish import answer
from bilatcli.query.options import DATA

COMMAND = Command(
    "publish",
    "Publish the index to PostgreSQL or a compatible database; uploads only changes.",
    run=answer,
    group="Share",
    words="ADDRESS",
    words_help="Address of the database: postgresql://USER@HOST/DATABASE.",
    max_words=1,
    options=(DATA,),
    examples=("bilatcli publish postgresql://desk@db.example/facts",),
)
