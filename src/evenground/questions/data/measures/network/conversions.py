"""Unit conversions that a column may undergo by mistake: ``after = factor x before + offset``.

Exact factors by definition (Thompson and Taylor 2008, NIST Special Publication 811, appendix B).
Micrograms per cubic metre from parts per billion at 20 and at 25 degrees Celsius and 1013 hPa:
molar mass over molar volume, 24.055 and 24.465 litres.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenground.methods.validation import Vector

_MILE, _FOOT, _KNOT = 1.609344, 0.3048, 1.852


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """One way a value may be said in another unit.

    Attributes
    ----------
    name
        From and to, such as ``miles_to_kilometres``; in words, the wording ``conversion.<name>``.
    factor, offset
        ``after = factor x before + offset``; the factor is above 0.
    """

    name: str
    factor: float
    offset: float = 0.0

    def applied(self, values: Vector) -> Vector:
        """Return values in the other unit."""
        return self.factor * values + self.offset

    def undone(self, values: Vector) -> Vector:
        """Return values in the unit before."""
        return (values - self.offset) / self.factor


_ONE_WAY = (
    ("tens", "ones", 10.0, 0.0),
    ("hundreds", "ones", 100.0, 0.0),
    ("thousands", "ones", 1_000.0, 0.0),
    ("millions", "ones", 1_000_000.0, 0.0),
    ("hours", "minutes", 60.0, 0.0),
    ("hours", "seconds", 3_600.0, 0.0),
    ("days", "hours", 24.0, 0.0),
    ("miles", "kilometres", _MILE, 0.0),
    ("metres_per_second", "kilometres_per_hour", 3.6, 0.0),
    ("metres_per_second", "miles_per_hour", 3.6 / _MILE, 0.0),
    ("metres_per_second", "knots", 3.6 / _KNOT, 0.0),
    ("knots", "kilometres_per_hour", _KNOT, 0.0),
    ("feet", "metres", _FOOT, 0.0),
    ("inches", "centimetres", 2.54, 0.0),
    ("inches", "millimetres", 25.4, 0.0),
    ("gallons", "litres", 3.785411784, 0.0),
    ("cubic_metres", "cubic_feet", 1 / _FOOT**3, 0.0),
    ("foot_candles", "lux", 1 / _FOOT**2, 0.0),
    ("radians", "degrees", 57.29577951308232, 0.0),
    ("celsius", "fahrenheit", 1.8, 32.0),
    ("celsius", "kelvin", 1.0, 273.15),
    ("kelvin", "fahrenheit", 1.8, -459.67),
    ("millimetres_of_mercury", "hectopascals", 1.333224, 0.0),
    ("inches_of_mercury", "hectopascals", 33.86389, 0.0),
    ("nitrogen_dioxide_ppb", "micrograms_at_20", 1.9125, 0.0),
    ("nitrogen_dioxide_ppb", "micrograms_at_25", 1.8804, 0.0),
    ("ozone_ppb", "micrograms_at_20", 1.9954, 0.0),
    ("ozone_ppb", "micrograms_at_25", 1.9620, 0.0),
)


def conversions() -> tuple[Conversion, ...]:
    """Return every known conversion, both ways."""
    there = [
        Conversion(name=f"{one}_to_{other}", factor=factor, offset=offset)
        for one, other, factor, offset in _ONE_WAY
    ]
    back = [
        Conversion(name=f"{other}_to_{one}", factor=1 / factor, offset=-offset / factor)
        for one, other, factor, offset in _ONE_WAY
    ]
    return (*there, *back)
