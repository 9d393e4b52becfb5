"""The names of months in English, German, French, Turkish and Russian."""

from __future__ import annotations

_NAMES = (
    "january jan januar janvier ianuar ocak январь января январе янв",
    "february feb februar fevrier subat февраль февраля феврале фев",
    "march mar marz mars mart март марта марте мар",
    "april apr avril nisan апрель апреля апреле апр",
    "may mai mayis май мая мае маи",
    "june jun juni juin haziran июнь июня июне июн",
    "july jul juli juillet temmuz июль июля июле июл",
    "august aug aout agustos август августа августе авг",
    "september sept sep septembre eylul сентябрь сентября сентябре сен",
    "october oct oktober okt octobre ekim октябрь октября октябре окт",
    "november nov novembre kasim ноябрь ноября ноябре ноя",
    "december dec dezember dez decembre aralik декабрь декабря декабре дек",
)
MONTH_NUMBERS = {name: place for place, names in enumerate(_NAMES, 1) for name in names.split()}
"""The numbers of the months by their names and abbreviations, which are normalized."""
