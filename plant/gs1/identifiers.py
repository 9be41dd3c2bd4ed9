"""Every application identifier: how its data is made, and which others must or must not stand beside it.

Source of the facts: GS1 General Specifications, section 3, and the GS1 Barcode Syntax Dictionary (GS1 AISBL, 2026).
"""

import re
from dataclasses import dataclass
from functools import cache

# A line is: identifiers, marks, components, conditions.
# Identifiers: 11,13 are two; 91-99 is a range; 310-316:5 is 3100 to 3105, 3110 to 3115 … 3160 to 3165.
# Marks: * its length is fixed in advance, no separator follows it; ? it may follow the ? of a Digital Link; - neither.
# Components: N digits, X any of 82 characters, Y any of 39, Z base64url; 6 is exactly, ..6 one to six;
#   [may be absent]; after a comma the names of checks.
# Conditions: needs=a,b+c one of: a, or b together with c; never=a,b none of these; own stands for others of its family
#   (a family shares three digits and differs in the fourth); n is any digit; key or key=22,10|235 heads a Digital Link,
#   followed by these in this order, or by those.
TABLE = """
00                *?  N18,csum,gcppos2                             key
01                *?  N14,csum,gcppos2                             never=255,37 key=22,10,21|235
02                *?  N14,csum,gcppos2                             needs=37 never=01,03
03                *   N14,csum,gcppos2                             never=01,02,37,235
10                ?   X..20                                        needs=01,02,03,8006,8026
11,13,15,16       *?  N6,yymmd0                                    needs=01,02,03,8006,8026
12                *?  N6,yymmd0                                    needs=8020
17                *?  N6,yymmd0                                    needs=01,02,03,255,8006,8026
20                *?  N2                                           needs=01,02,03,8006,8026
21                -   X..20                                        needs=01,03,8006 never=235
22                -   X..20                                        needs=01
235               -   X..28                                        needs=01
240,241           ?   X..30                                        needs=01,02,03,8006,8026
242               ?   N..6                                         needs=01,02,8006,8026
243               ?   X..20                                        needs=01,03
250               ?   X..30                                        needs=01+21,03+21,8006+21
251               ?   X..30                                        needs=01,03,8006
253               ?   N13,csum,gcppos1 [X..17]                     key
254               -   X..20                                        needs=414
255               ?   N13,csum,gcppos1 [N..12]                     never=01,02,415,8006,8020,8026 key
30                ?   N..8                                         needs=01,02
310-316,320-329:5 *?  N6                                           needs=01,02 never=own
350-352,356,357:5 *?  N6                                           needs=01,02 never=own
360,361,364-366:5 *?  N6                                           needs=01,02 never=own
330-336,340-349:5 *?  N6                                           needs=00,01 never=own
353-355,362,363:5 *?  N6                                           needs=00,01 never=own
367-369:5         *?  N6                                           needs=00,01 never=own
337:5             *?  N6                                           needs=01 never=own
37                ?   N..8                                         needs=00+02,00+8026
390:9             ?   N..15                                        needs=255,8020 never=own,391n,394n,8111
391:9             ?   N3,iso4217 N..15                             needs=8020 never=own
392:9             ?   N..15               needs=01+30,01+31nn,01+32nn,01+35nn,01+36nn never=own,393n
393:9             ?   N3,iso4217 N..15                             needs=30,31nn,32nn,35nn,36nn never=own
394:3             ?   N4                                           needs=255 never=own,8111
395:5             ?   N6                                           needs=30,31nn,32nn,35nn,36nn never=own,392n,393n,8005
400,90            ?   X..30
401               ?   X..30,gcppos1                                key
402               ?   N17,csum,gcppos1                             key
403,4308,4319     ?   X..30                                        needs=00
410-413,416       *?  N13,csum,gcppos1
414               *?  N13,csum,gcppos1                             key=254|7040
415               *?  N13,csum,gcppos1                             needs=8020 key=8020
417               *?  N13,csum,gcppos1                             key=7040
420               ?   X..20                                        never=421
421               ?   N3,iso3166 X..9                              never=4307
422               ?   N3,iso3166                                   needs=01,02,03,8006,8026 never=426
423,425           ?   N3,iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166  needs=01,02,03 never=426
424               ?   N3,iso3166                                   needs=01,02,03 never=426
426               ?   N3,iso3166                                   needs=01,02,03
427               ?   X..3                                         needs=01+422,02+422,03+422
4300,4301,4310,4311,4320                     ?  X..35,pcenc        needs=00
4302,4304-4306,4312,4314-4316                ?  X..70,pcenc        needs=00
4303              ?   X..70,pcenc                                  needs=4302
4307,4317         ?   X2,iso3166alpha2                             needs=00
4309              ?   N10,latitude N10,longitude                   needs=00
4313              ?   X..70,pcenc                                  needs=4312
4318              ?   X..20                                        needs=00
4321-4323         ?   N1,yesno                                     needs=00
4324,4325         ?   N6,yymmd0 N4,hhmi                            needs=00
4326              ?   N6,yymmdd                                    needs=00
4330              ?   N6 [X1],hyphen                               needs=00 never=4331
4331              ?   N6 [X1],hyphen                               needs=00 never=4330
4332              ?   N6 [X1],hyphen                               needs=00 never=4333
4333              ?   N6 [X1],hyphen                               needs=00 never=4332
7001              ?   N13                                          needs=01,02,8006,8026
7002              ?   X..30                                        needs=01,02
7003              ?   N6,yymmdd N4,hhmi                            needs=01,02,03
7004              ?   N..4                                         needs=01+10,03+10
7005              ?   X..12                                        needs=01,02
7006              ?   N6,yymmdd                                    needs=01,02
7007              ?   N6,yymmdd [N6],yymmdd                        needs=01,02
7008              ?   X..3                                         needs=01,02
7009              ?   X..10                                        needs=01,02
7010              ?   X..2                                         needs=01,02,03
7011              ?   N6,yymmdd [N4],hhmi                          needs=01,02,03
7020              ?   X..20                                        needs=01+416,03+416,8006+416
7021,8012         ?   X..20                                        needs=01,03,8006
7022              ?   X..20                                        needs=01+7021,03+7021,8006+7021
7023              ?   X..30,gcppos1
703:9             ?   N3,iso3166999 X..27                          needs=01,02
7040              -   N1 X1 X1 X1,importeridx
7041              -   X..4,packagetype                             needs=00
710-717           ?   X..20                                        needs=01
723:9             ?   X2 X..28                                     needs=01,8004
7240              ?   X..20                                        needs=01,8006 never=03
7241              ?   N2,mediatype                                 needs=8017,8018
7242              ?   X..25                                        needs=8017,8018
7250              ?   N8,yyyymmdd                                  needs=8018 never=7251
7251              ?   N8,yyyymmdd N4,hhmi                          needs=8018 never=7250
7252              ?   N1,iso5218                                   needs=8018
7253,7254         ?   X..40,pcenc                                  needs=8017,8018 never=7256,7259
7255              ?   X..10                                        needs=8017,8018 never=7256,7259
7256              ?   X..90,pcenc                                  needs=8017,8018
7257              ?   X..70,pcenc                                  needs=8018
7258              ?   X3,posinseqslash                             needs=8018+7259
7259              ?   X..40,pcenc                                  needs=8018 never=7256
8001              ?   N4,nonzero N5,nonzero N3,nonzero N1,winding N1  needs=01
8002              ?   X..20
8003              ?   N1,zero N13,csum,gcppos1 [X..16]             key
8004              ?   X..30,gcppos1                                key=7040
8005              ?   N6                                           needs=01,02
8006              ?   N14,csum,gcppos2 N4,pieceoftotal             never=01,03,37 key=22,10,21
8007              ?   X..34,iban                                   needs=415
8008              ?   N6,yymmdd N2,hh [N2],mi [N2],ss              needs=01,02,03
8009              ?   X..50                                        needs=00,01,03
8010              ?   Y..30,gcppos1                                key=8011
8011              -   N..12,nozeroprefix                           needs=8010
8013              ?   X..25,csumalpha,gcppos1                      key
8014              -   X..25,csumalpha,gcppos1,hasnondigit          needs=01
8017              ?   N18,csum,gcppos1                             never=8018 key=8019
8018              ?   N18,csum,gcppos1                             never=8017 key=8019
8019              -   N..10                                        needs=8017,8018
8020              -   X..25                                        needs=415
8026              ?   N14,csum,gcppos2 N4,pieceoftotal             needs=37 never=02,03,8006
8030              ?   Z..90    needs=00,01+21,03+21,253,255,8003,8004,8006+21,8010+8011,8017,8018
8040              -   N15                                          needs=01+21
8041              -   N15                                          needs=01+21+8040
8042              -   N32                                          needs=01+21+8040
8043              -   N18 [N..2]                                   needs=01+21+8040
8110              ?   X..70,couponcode
8111              ?   N4                                           needs=255
8112              ?   X..70,couponposoffer
8200              -   X..70                                        needs=01
91-99             ?   X..90
"""
COMPONENT = re.compile(r"(\[)?([NXYZ])(\.\.)?([0-9]+)\]?((?:,[a-z0-9]+)*)\Z")


@dataclass(frozen=True)
class Component:
    """One part of an identifier's data: its alphabet, its length, and the checks it must pass."""

    kind: str
    shortest: int
    longest: int
    optional: bool
    checks: tuple[str, ...]


@dataclass(frozen=True)
class Identifier:
    """An application identifier and what holds for it; `needs` are alternatives of sets, `path` of sequences."""

    code: str
    is_fixed: bool
    is_attribute: bool
    components: tuple[Component, ...]
    needs: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]
    is_key: bool
    path: tuple[tuple[str, ...], ...]

    @property
    def longest(self) -> int:
        """How many characters its data may have at most."""
        return sum(component.longest for component in self.components)


@cache
def identifiers() -> dict[str, Identifier]:
    """Every known application identifier by its code."""
    return {one.code: one for line in TABLE.strip().splitlines() for one in _line(line)}


def _line(line: str) -> list[Identifier]:
    codes, marks, *rest = line.split()
    said = dict(word.partition("=")[::2] for word in rest if COMPONENT.match(word) is None)
    components = tuple(_component(word) for word in rest if COMPONENT.match(word))
    path = tuple(tuple(way.split(",")) for way in said.get("key", "").split("|") if way)
    needs = tuple(tuple(way.split("+")) for way in said.get("needs", "").split(",") if way)
    return [
        Identifier(code, "*" in marks, "?" in marks, components, needs, _never(said, code), "key" in said, path)
        for code in _codes(codes)
    ]


def _never(said: dict[str, str], code: str) -> tuple[str, ...]:
    return tuple(f"{code[:3]}n" if one == "own" else one for one in said.get("never", "").split(",") if one)


def _codes(text: str) -> list[str]:
    listed, _colon, last = text.partition(":")
    found: list[str] = []
    for part in listed.split(","):
        first, end = part.partition("-")[::2]
        found += [f"{number:0{len(first)}d}" for number in range(int(first), int(end or first) + 1)]
    return [f"{code}{digit}" for code in found for digit in range(int(last) + 1)] if last else found


def _component(text: str) -> Component:
    match = COMPONENT.match(text)
    if match is None:
        raise ValueError(text)
    bracket, kind, variable, length, checks = match.groups()
    least = 1 if variable else int(length)
    return Component(kind, least, int(length), bool(bracket), tuple(checks.split(",")[1:]))
