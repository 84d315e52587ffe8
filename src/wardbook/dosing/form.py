"""Forms: words behind a drug's name that say as what it is given ("MR", "suspension"), not what for."""

from wardbook.lazy_regex import lazy_regex

MADE_AS = (
    r"film[ -]coated|(?:oro)?dispersible|effervescent|chewable|gastro-?resistant|soluble|"
    r"tab(?:let)?s?|cap(?:sule)?s?|suspension|solution|elixir|syrup|liquid|inject(?:ion|able)|sachets?|powder|"
    r"(?:extended|immediate|sustained|slow|modified|prolonged|delayed)(?:[ -]release)?|release|"
    r"mr|er|xr|xl|sr|ir|cr|la|dr|ec|enteric|coated|ds|ss|patch|cream|ointment|gel|inhaler|mdi|drops|spray"
)
"""Alternatives of a pattern: forms that may stand between a drug and its amount, for they name no other drug."""
FORM = lazy_regex(
    rf"(?<![a-z-])(?:{MADE_AS}|infusion|liposomal|lipid|complex|"
    r"sodium|potassium|calcium|magnesium|hcl|hydrochloride|acetate|phosphate|citrate|succinate|tartrate|sul(?:f|ph)ate|"
    r"besylate|mesylate|maleate|fumarate|gluconate|chloride|bromide|deoxycholate|pegylated|human|recombinant|regular|"
    r"concentrate|premix|generic|brand|biosimilar|base|acid|monohydrate|"
    r"trihydrate|depot|es|hd|forte|plus|junior|rectal|vial|pen|equivalent|low|high|dose|therapeutic)(?![a-z-])"
)
"""Forms, salts and makes, over uniform text."""
MADE = lazy_regex(rf"(?<![a-z-])(?:{MADE_AS})(?![a-z-])")
"""Forms alone, over uniform text."""
