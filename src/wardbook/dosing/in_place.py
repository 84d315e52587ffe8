"""What a table of grades gives in place of a drug where the grade asked is another drug's."""

from collections.abc import Sequence

from wardbook.dosing.asked_words import DoseQuery, TermMatcher
from wardbook.dosing.fit import Fit
from wardbook.dosing.fitting import asked_severity, fits_population, fits_severity
from wardbook.dosing.for_what import fits_indication
from wardbook.dosing.regimen import Regimen
from wardbook.dosing.regimens import Regimens


def in_place(query: DoseQuery, regimens: Regimens, same: TermMatcher) -> Sequence[Regimen]:
    """Give the rows of the one drug that the tables with the drug asked about give for the one grade asked.

    Only where these tables have the drug for what is asked, at other grades and none without.
    """
    listed = regimens.by_drug.get(query.drug, ())
    own = [row for row in listed if row.severity and not (row.from_text or row.evidence)]
    own = [row for row in own if fits_indication(row, query, same) is Fit.SAYS]
    sections = {(row.page, row.section) for row in own}
    around = [row for row in listed if (row.page, row.section) in sections]
    if len(asked_severity(query)[0]) != 1 or any(fits_severity(row, query) is not Fit.AGAINST for row in around):
        return ()
    tables = {(row.page, row.section, row.indication) for row in own}
    beside = [
        row
        for row in regimens
        if (row.page, row.section, row.indication) in tables
        and row.severity
        and not row.from_text
        and fits_severity(row, query) is Fit.SAYS
        and fits_population(row, query) is not Fit.AGAINST
    ]
    whole = all(row.amount and not row.unparsed for row in beside)
    return beside if whole and len({row.drug for row in beside}) == 1 else ()
