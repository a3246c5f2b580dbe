"""The people and loans of a made-up village: random combinations of names, no real person is meant."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from thai.months import BUDDHIST_ERA

MEN = ("สมชาย", "ประสิทธิ์", "บุญมี", "วิชัย", "สุพจน์", "ณรงค์", "ธงชัย", "มานพ", "อุดม", "สำราญ", "คำปัน", "ทวี")
WOMEN = ("สมศรี", "บัวผัน", "จันทร์เพ็ญ", "อรทัย", "นงลักษณ์", "วรรณา", "ศรีนวล", "พิกุล", "อัมพร", "กาญจนา", "คำแปง")
SURNAMES = (
    "ใจคำ", "วงศ์ษา", "แก้วมูล", "ปัญญาดี", "ศรีวิชัย", "ทาแกง", "บุญยืน", "อินต๊ะ", "สายคำ", "มะโนวรรณ", "พรมมา", "จันต๊ะ",
    "กันทะวงศ์", "ไชยวุฒิ", "สุริยะ", "ขันแก้ว",
)  # fmt: skip
PLEDGES = (50, 100, 100, 100, 150, 200, 200, 300, 500, 1000)


@dataclass
class Person:
    number: int
    woman: bool
    first: str
    last: str
    kind: str
    household: str
    joined: date
    birth: date
    pledge: int
    brought: int
    brought_special: int
    special: int
    owed_months: int = 0
    leaves: int = 0  # month of leaving
    received: dict[int, int] = field(default_factory=dict)


@dataclass
class Loan:
    contract: str
    number: int
    on: date
    amount: int
    term: int
    guarantors: tuple[int, int]
    brought: int | None
    owed: int
    last_month: int  # account month of the last payment (0 before the year)


def make_people(random: Random, *, size: int, year: int, day: int) -> list[Person]:
    """Return the register: most are ordinary members of before, the last few join during the year, some leave."""
    household = 0
    people: list[Person] = []
    for number in range(1, size + 1):
        household += number == 1 or random.random() < 0.6
        new = number > size - max(1, size // 40)
        month = random.randint(2, 10)
        joined = date(year - BUDDHIST_ERA, month, day) if new else date(2008 + number % 15, 1 + number % 12, day)
        people.append(_make_person(random, number, household, joined, new=new))
    for leaver in random.sample(people[: size // 2], max(1, size // 80)):
        leaver.leaves = random.randint(3, 10)
    return people


def _make_person(random: Random, number: int, household: int, joined: date, *, new: bool) -> Person:
    woman = random.random() < 0.55
    kind = "วิสามัญ" if number % 37 == 0 else "กิตติมศักดิ์" if number % 53 == 0 else "สามัญ"
    body = kind == "วิสามัญ"
    pledge = random.choice(PLEDGES) * 100
    special = 0 if new or random.random() < 0.7 else random.randint(5, 300) * 100_00
    return Person(
        number=number,
        woman=woman,
        first=f"กลุ่มอาชีพจักสาน {number}" if body else random.choice(WOMEN if woman else MEN),
        last="" if body else random.choice(SURNAMES),
        kind=kind,
        household=f"บ{household:03d}",
        joined=joined,
        birth=date(1945 + random.randrange(45), 1 + number % 12, 1 + random.randrange(28)),
        pledge=pledge,
        brought=0 if new else pledge * random.randint(12, 90),
        brought_special=special,
        special=special,
    )
