"""Registers of the demo's agencies: plausible, invented, and the same at every loading."""

from collections import defaultdict
from datetime import date

from agencies.models import (
    REGISTERS,
    Agency,
    DutyPerson,
    InformationSystem,
    MachineGroup,
    Portal,
    Register,
    RegisterConfirmation,
    RegisterRow,
    ServiceProvider,
    User,
)
from agencies.models.registers import fingerprint_of

System, Service = InformationSystem, ServiceProvider.Service
PROVIDER = "Doanh nghiệp viễn thông minh họa"
MONITOR = "Doanh nghiệp an toàn thông tin minh họa"
DOCUMENTS = {"name": "Hệ thống quản lý văn bản và điều hành", "for_leadership": True, "is_important": True}
ONE_STOP = {"name": "Phần mềm một cửa điện tử", "has_personal_data": True}
PROTECTED = {"local_force": "Cán bộ phụ trách CNTT", "monitored_by": MONITOR, "is_connected": True}


def fill_registers(desk: Agency) -> None:
    """Give every agency of the province that reports to `desk` some rows; every third has confirmed them."""
    agencies = Agency.objects.exclude(mailbox="").exclude(pk=desk.pk).exclude(kind=Agency.Kind.PROVINCE)
    officers = {user.email: user for user in User.objects.all()}
    rows: dict[Register, list[RegisterRow]] = defaultdict(list)
    for agency in agencies.prefetch_related("names").order_by("pk"):
        for row in _rows_of(agency, agency.current_name.short_name):
            row.agency, row.created_by, row.changed_by = agency, officers[agency.mailbox], officers[agency.mailbox]
            rows[row.register].append(row)
    for register, made in rows.items():
        REGISTERS[register].objects.bulk_create(made)
    _confirm(rows)


def _rows_of(agency: Agency, name: str) -> list[RegisterRow]:
    number = agency.pk
    host = agency.mailbox.partition("@")[0]
    phone = agency.telephone
    return [
        *_systems_of(agency, name),
        MachineGroup(product_line="Windows 10", machines=18 + number * 7 % 45),
        MachineGroup(product_line="Windows 11", machines=3 + number * 5 % 20),
        MachineGroup(product_line="Windows Server 2019", machines=1 + number % 4),
        MachineGroup(product_line="Microsoft Office", machines=20 + number * 7 % 60),
        Portal(
            name=f"Trang thông tin điện tử {name}",
            url=f"https://{host}.binhdinh.example",
            kind=Portal.Kind.SITE,
            person_in_charge=f"Ban biên tập {name}",
            telephone=phone,
            moderation=Portal.Moderation.NO_POSTS if number % 3 else Portal.Moderation.BEFORE,
        ),
        ServiceProvider(
            name=PROVIDER,
            service=Service.INTERNET,
            line_number=f"MH-{number:04d}",
            contact_name="Trực kỹ thuật",
            telephone=f"0256.37{number:05d}",
            email="truc@vienthong.example",
        ),
        DutyPerson(name=f"Cán bộ CNTT {name}", position="Chuyên viên", telephone=phone, email=agency.mailbox),
        DutyPerson(name=f"Văn thư {name}", position="Văn thư", telephone=phone),
    ]


def _systems_of(agency: Agency, name: str) -> list[InformationSystem]:
    """Return two or three systems; one in four agencies has not classified its own yet."""
    number = agency.pk
    approved = {
        "level": 2,
        "approval": System.Approval.APPROVED,
        "decision_number": f"{number}/QĐ-MH",
        "decided_on": date(2022, 6, 1 + number % 28),
        "plan": System.ProtectionPlan.WHOLE if number % 2 else System.ProtectionPlan.PARTLY,
    }
    site = System(name=f"Trang thông tin điện tử {name}", **(approved if number % 4 else {}))
    documents = System(**DOCUMENTS, **approved | {"level": 3}, **(PROTECTED if number % 3 else {}))
    if number % 5 == 0:
        documents.assessed_by, documents.assessed_on = MONITOR, date(2022, 12, 1 + number % 28)
    one_stop = System(**ONE_STOP, level=2, approval=System.Approval.SENT, local_force="Cán bộ phụ trách CNTT")
    return [site, documents] + ([one_stop] if agency.kind == Agency.Kind.DISTRICT else [])


def _confirm(rows: dict[Register, list[RegisterRow]]) -> None:
    made = []
    for register, of_all in rows.items():
        by_agency = defaultdict(list)
        for row in of_all:
            by_agency[row.agency].append(row)
        made += [
            RegisterConfirmation(
                agency=agency,
                register=register,
                fingerprint=fingerprint_of((row.pk, row.version) for row in own),
                confirmed_by=own[0].created_by,
            )
            for agency, own in by_agency.items()
            if agency.pk % 3 == 0
        ]
    RegisterConfirmation.objects.bulk_create(made)
