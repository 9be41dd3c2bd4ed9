"""Results of measuring machines: what the file says, as it says it."""

from io import BytesIO

import pytest

from qms import qif
from tests import conformance

SMALL = """<?xml version="1.0"?>
<QIFDocument xmlns="http://qifstandards.org/xsd/qif3">
 <FileUnits><PrimaryUnits><LinearUnit><UnitName>mm</UnitName></LinearUnit></PrimaryUnits></FileUnits>
 <CharacteristicDefinitions>
  <DiameterCharacteristicDefinition id="1"><Tolerance><MaxValue>{high}</MaxValue><MinValue>{low}</MinValue>
   <DefinedAsLimit>{as_limit}</DefinedAsLimit></Tolerance></DiameterCharacteristicDefinition>
  <FlatnessCharacteristicDefinition id="2"><ToleranceValue>-0.2</ToleranceValue></FlatnessCharacteristicDefinition>
 </CharacteristicDefinitions>
 <CharacteristicNominals>
  <DiameterCharacteristicNominal id="3"><CharacteristicDefinitionId>1</CharacteristicDefinitionId>
   <TargetValue>5</TargetValue></DiameterCharacteristicNominal>
  <FlatnessCharacteristicNominal id="4"><CharacteristicDefinitionId>2</CharacteristicDefinitionId>
  </FlatnessCharacteristicNominal>
 </CharacteristicNominals>
 <CharacteristicItems>
  <DiameterCharacteristicItem id="5"><Name>D1</Name><CharacteristicNominalId>3</CharacteristicNominalId>
  </DiameterCharacteristicItem>
  <FlatnessCharacteristicItem id="6"><Name>F1</Name><CharacteristicNominalId>4</CharacteristicNominalId>
  </FlatnessCharacteristicItem>
 </CharacteristicItems>
 <MeasurementResultsSet>{parts}</MeasurementResultsSet>
</QIFDocument>"""
PART = """<MeasurementResults><MeasuredCharacteristics><CharacteristicActuals>
 <DiameterCharacteristicActual><Status><CharacteristicStatusEnum>PASS</CharacteristicStatusEnum></Status>
  <CharacteristicItemId>5</CharacteristicItemId><Value>{d}</Value></DiameterCharacteristicActual>
 <FlatnessCharacteristicActual><Status><CharacteristicStatusEnum>FAIL</CharacteristicStatusEnum></Status>
  <CharacteristicItemId>6</CharacteristicItemId><Value>{f}</Value></FlatnessCharacteristicActual>
</CharacteristicActuals></MeasuredCharacteristics>
<InspectionStatus><InspectionStatusEnum>FAIL</InspectionStatusEnum></InspectionStatus></MeasurementResults>"""


def small(*parts, low="-0.1", high="0.1", as_limit="false"):
    drawn = "".join(PART.format(d=d, f=f) for d, f in parts)
    return SMALL.format(low=low, high=high, as_limit=as_limit, parts=drawn).encode()


def read(text):
    return qif.read(BytesIO(text))


def test_parts_become_values_of_their_characteristics():
    found = read(small((5.05, 0.1), (4.9, 0.3)))

    diameter, flatness = found.characteristics
    assert (found.unit, found.parts) == ("mm", ["FAIL", "FAIL"])
    assert (diameter.name, diameter.kind, diameter.nominal, diameter.lower, diameter.upper) == (
        "D1", "Diameter", 5.0, 4.9, 5.1
    )
    assert diameter.values == [qif.Value(1, 5.05, "PASS"), qif.Value(2, 4.9, "PASS")]
    assert (flatness.nominal, flatness.lower, flatness.upper) == (0.0, None, 0.2)


def test_limits_may_be_given_as_such():
    diameter = read(small((5, 0), low="4.8", high="5.3", as_limit="true")).characteristics[0]

    assert (diameter.lower, diameter.upper) == (4.8, 5.3)


@pytest.mark.parametrize(
    "text",
    [b"", b"no xml", b"<Other/>", small(), small(("wide", 0)),
     b'<!DOCTYPE a [<!ENTITY b "c">]>' + small((5, 0)).partition(b"?>")[2]],
    ids=["empty", "text", "other", "no parts", "no number", "document type"],
)
def test_what_is_no_result_is_refused(text):
    with pytest.raises(qif.Unreadable):
        read(text)


def test_twenty_plates_of_nist_with_the_verdicts_of_the_machine():
    found = qif.read(conformance.locate("nist_box/PlateResults_20_samples.QIF"))

    values = [(one, row) for one in found.characteristics for row in one.values]
    assert (len(found.parts), len(found.characteristics), len(values)) == (20, 31, 620)
    assert sum(row.status == "FAIL" for _one, row in values) == 51
    assert [row for one, row in values if one.is_within(row.value) != (row.status == "PASS")] == []
