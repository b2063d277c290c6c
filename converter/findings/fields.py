"""The data of findings: each name means the same, and has the same type, wherever a kind of finding gives it.

Rows of the table say which fields their findings have. No field holds a TIN, an NPI or another id of who reports, nor
the name of a file; what stands in a document as it is written is `found`, which reports mask.
"""

from typing import NamedTuple


class Field(NamedTuple):
    """A field of the data of findings.

    Attributes:
        name: its name in `Finding.data` and in reports.
        type: str, int, float (whole numbers too) or bool.
        several: whether it is a tuple of those.
        meaning: what it is.
    """

    name: str
    type: type
    several: bool
    meaning: str

    def takes(self, value: object) -> bool:
        """Whether a value is of the type of this field."""
        if self.several:
            return isinstance(value, tuple) and all(map(self._takes_one, value))
        return self._takes_one(value)

    def _takes_one(self, value: object) -> bool:
        return type(value) is self.type or (self.type is float and type(value) is int)


def _fields(type: type, several: bool = False, /, **meanings: str) -> dict[str, Field]:
    return {name: Field(name, type, several, meaning) for name, meaning in meanings.items()}


FIELDS: dict[str, Field] = {
    **_fields(
        int,
        asserted="the year that the caller asserts",
        count="number of whatever the finding is about",
        days="days of the performance period",
        denominator_count="how many denominators there are",
        expected_count="how many there should be",
        initial="count of the initial population",
        limit="the exceeded limit: megabytes, or levels of nesting",
        maximum="how many are allowed at most",
        missing="how many are missing",
        numerator_count="how many numerators there are",
        other_year="the other year: that of the GUID, or of the dates in the document",
        total="the total that `count` is part of",
        wanted="how many are required: measures, cases or days",
        year="the performance year used to check the document or submission",
    ),
    **_fields(
        float,
        computed_rate="the rate computed from the counts, as it should be written",
        denominator="count of the denominator (eligible population)",
        difference="the denominator minus the numerator",
        exception="count of the denominator exceptions",
        exclusion="count of the denominator exclusions",
        instances="number of observations",
        met="count of performance met",
        minimum="the required minimum: activities, points, registries, or percent",
        not_met="count of performance not met",
        numerator="count of the numerator (performance met)",
        rate="reported percentage of the eligible cases",
        seconds="the time limit that is passed, in seconds",
    ),
    **_fields(
        bool,
        required="whether the guide requires it (an error of the guide) or only recommends it (a warning of the guide)",
        same_value="whether the value is the same each time",
    ),
    **_fields(
        str,
        activity_id="id of the improvement activity",
        assertion="id of the assertion of the implementation guide, such as 4484-17208",
        attribute="name of the attribute",
        bound="which end of the performance period: start or end",
        category="the category: quality, promoting interoperability (in 2017 advancing care information), "
        "improvement activities",
        date="date of the data, YYYY-MM-DD",
        declared="the character encoding that the file declares",
        element="name of the element",
        end="last day of the performance period, YYYY-MM-DD",
        entity_type="the kind of entity: individual, group, virtualGroup, subgroup or apm",
        extension="extension of the expected templateId",
        first_id="the id that the population `first_role` should have",
        first_role="role of the first population",
        guid="the measure GUID to write",
        meant="what is probably meant",
        member="name of the member of QPP JSON",
        metric_type="the kind of value that the measure has, as CMS' measures data names it",
        near_guid="the known GUID that the one given resembles",
        other_element="name of the element that it belongs next to",
        other_measure="the other measure, as CMS id and measure id",
        own_category="the category of the measure",
        owner_program="the program that the member belongs to",
        parent_element="name of the element around it",
        population_id="id that the population should have",
        population_set="name or number of the population set; None if the measure has only one",
        program="name of the program, or id of the MIPS Value Pathway",
        role="role of the population (IPOP, DENOM, DENEX, ...), or of the count: numerator or denominator",
        root="root of the expected id or templateId",
        second_id="the id that the population `second_role` should have",
        second_role="role of the second population",
        start="first day of the performance period, YYYY-MM-DD",
        step="the step of this tool that failed",
        stratum="name of the stratum that gets all counts",
        stratum_name="name of the stratum; None if the measure has none",
        submission_method="the submission method: registry, electronicHealthRecord, ...",
        unit="what is counted: activities or points",
    ),
    **_fields(
        int,
        True,
        accepted_years="years in which the measure, program or pathway is accepted",
        known_years="years that are known",
        template_years="years of the document template",
    ),
    **_fields(
        str,
        True,
        allowed_attributes="names of the allowed attributes",
        assertions="ids of all assertions of the implementation guide that fail because of it",
        allowed_elements="names of the allowed elements",
        categories="the categories that the program accepts",
        denied="ids of the measures that are answered no",
        elements="names of the elements, one of which is missing or repeated",
        entity_types="the kinds of entity that the program is open to",
        guids="measure GUIDs to write: none if unknown, several if it depends on what was counted",
        known_members="known members at this place",
        measure_ids="ids of the other measures: those reported with this one, or missing",
        missing_strata="strata that are missing",
        options="ids of the measures, one of which has to be reported",
        pathways="ids of the MIPS Value Pathways of the year",
        population_ids="possible ids of the population",
        programs="names of the programs that are possible here",
        repeated_strata="strata that appear more than once",
        required_ids="ids of all required measures",
        roles="roles of the populations of the measure",
        roots="roots of the templateIds that do not fit together",
        strata="names of the strata",
        submission_methods="submission methods of the measure",
        types="JSON types that are allowed: string, number, integer, boolean, array, object",
    ),
}
"""Name -> field."""
