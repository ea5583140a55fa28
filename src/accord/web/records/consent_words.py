"""The words of a consent, in the languages in which it can be signed. Plain: a test measures how hard they read.

They stand here and not in the catalogue of translations, because they are what somebody signs: a change of a word is
a change of this file, and what was signed before keeps the words it was signed with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from accord.facts.records import Capacity, Purpose, RecordKind, SignerRole

KINDS = (
    RecordKind.ATTENDANCE,
    RecordKind.DISCIPLINE,
    RecordKind.ACADEMIC,
    RecordKind.SPECIAL_EDUCATION,
    RecordKind.HEALTH,
    RecordKind.CONTACT,
)
"""Kinds of record that a consent can name. Of other kinds it names single copies."""

PURPOSES = (
    Purpose.SCHOOL_DUTY,
    Purpose.TRUANCY_MEDIATION,
    Purpose.CRIMINAL_INVESTIGATION,
    Purpose.JUVENILE_JUSTICE,
    Purpose.ENROLLMENT,
    Purpose.FINANCIAL_AID,
    Purpose.STUDY,
)
"""What a consent can be for. "Something else" says nothing; immigration enforcement needs a judge."""

CLASSES = (
    Capacity.SRO,
    Capacity.PEACE_OFFICER,
    Capacity.PROBATION,
    Capacity.MINORS_COUNSEL,
    Capacity.OTHER_SCHOOL,
    Capacity.CONTRACTOR,
    Capacity.RESEARCHER,
)
"""Classes of people that a consent can name."""


@dataclass(frozen=True)
class Words:
    """All that a consent says, in one language. Gaps stand in braces."""

    title: str
    signer: str
    roles: Mapping[SignerRole, str]
    student: str
    number: str
    what: str
    kinds: Mapping[RecordKind, str]
    copy: str
    who: str
    officer: str
    agency: str
    classes: Mapping[Capacity, str]
    purpose: str
    purposes: Mapping[Purpose, str]
    until: str
    no_end: str
    know: str
    points: tuple[str, ...]
    copy_wanted: str
    copy_later: str
    paper: str


ENGLISH = Words(
    title="I agree to share school records",
    signer="My name is {name}. {role}",
    roles={
        SignerRole.PARENT: "I sign as a parent.",
        SignerRole.GUARDIAN: "I sign as the guardian.",
        SignerRole.RIGHTS_HOLDER: "I sign as the person who makes school choices for the student.",
        SignerRole.STUDENT: "I am an adult and I sign for myself.",
    },
    student="The student is {name}.",
    number="the student with number {number}",
    what="The school may share these records:",
    kinds={
        RecordKind.ATTENDANCE: "days at school and days missed",
        RecordKind.DISCIPLINE: "what the school wrote down when rules were broken",
        RecordKind.ACADEMIC: "grades, tests and classes",
        RecordKind.SPECIAL_EDUCATION: "special education plans and help",
        RecordKind.HEALTH: "school health records",
        RecordKind.CONTACT: "home address and phone number",
    },
    copy="only this: {title}, put on file on {day}",
    who="The school may share them with: {party}.",
    officer="Officer {name}",
    agency="the people who work for {name}",
    classes={
        Capacity.SRO: "the police officers who work at our schools",
        Capacity.PEACE_OFFICER: "police officers",
        Capacity.PROBATION: "probation officers",
        Capacity.MINORS_COUNSEL: "the lawyer of the student",
        Capacity.OTHER_SCHOOL: "the staff of a new school",
        Capacity.CONTRACTOR: "people the school hires to help",
        Capacity.RESEARCHER: "a group that does a study for the school",
    },
    purpose="They are for this only: {purpose}.",
    purposes={
        Purpose.SCHOOL_DUTY: "to do their work at school",
        Purpose.TRUANCY_MEDIATION: "to talk with us about missed school days",
        Purpose.CRIMINAL_INVESTIGATION: "to find out about a crime",
        Purpose.JUVENILE_JUSTICE: "to help a child who may have to go to court",
        Purpose.ENROLLMENT: "to sign up at a new school",
        Purpose.FINANCIAL_AID: "to ask for money for college",
        Purpose.STUDY: "to study how the school can do better",
    },
    until="This ends after {day}.",
    no_end="This has no last day. It goes on until I take it back.",
    know="I know that:",
    points=(
        "I do not have to sign this.",
        "I can take it back at any time. From then on, the records stay closed. What was read before cannot be unread.",
        "Those who get the records may not pass them on, unless I agree or the law lets them.",
        "I can see who asked for the records and who read them.",
        "I get to keep a copy of this page.",
    ),
    copy_wanted="I want a copy of the records that are shared.",
    copy_later="I can ask for a copy of the records that are shared.",
    paper="This was signed on paper on {day}. {clerk} put it on file. The name was held against: {seen}.",
)

SPANISH = Words(
    title="Doy permiso para compartir datos de la escuela",
    signer="Me llamo {name}. {role}",
    roles={
        SignerRole.PARENT: "Firmo como padre o madre.",
        SignerRole.GUARDIAN: "Firmo como tutor o tutora.",
        SignerRole.RIGHTS_HOLDER: "Firmo porque tomo las decisiones sobre su escuela.",
        SignerRole.STUDENT: "Ya soy mayor de edad y firmo por mí.",
    },
    student="El o la estudiante es {name}.",
    number="quien tiene el número {number}",
    what="La escuela puede compartir estos datos:",
    kinds={
        RecordKind.ATTENDANCE: "los días que va a clase y los que falta",
        RecordKind.DISCIPLINE: "lo que la escuela anota si no se cumplen las reglas",
        RecordKind.ACADEMIC: "las notas, los exámenes y las clases",
        RecordKind.SPECIAL_EDUCATION: "los planes y la ayuda de educación especial",
        RecordKind.HEALTH: "los datos de salud que guarda la escuela",
        RecordKind.CONTACT: "la dirección y el teléfono de la casa",
    },
    copy="solo esto: {title}, guardado el {day}",
    who="La escuela los puede dar a: {party}.",
    officer="el o la agente {name}",
    agency="la gente que trabaja para {name}",
    classes={
        Capacity.SRO: "los policías que trabajan en nuestras escuelas",
        Capacity.PEACE_OFFICER: "los policías",
        Capacity.PROBATION: "los agentes de libertad vigilada",
        Capacity.MINORS_COUNSEL: "quien defiende al menor ante el juez",
        Capacity.OTHER_SCHOOL: "la gente de una escuela nueva",
        Capacity.CONTRACTOR: "gente que la escuela paga para que ayude",
        Capacity.RESEARCHER: "un grupo que hace un estudio para la escuela",
    },
    purpose="Son solo para esto: {purpose}.",
    purposes={
        Purpose.SCHOOL_DUTY: "para hacer su trabajo en la escuela",
        Purpose.TRUANCY_MEDIATION: "para hablar de los días que falta a clase",
        Purpose.CRIMINAL_INVESTIGATION: "para saber más de un delito",
        Purpose.JUVENILE_JUSTICE: "para ayudar a un menor que quizá vaya ante un juez",
        Purpose.ENROLLMENT: "para entrar a una escuela nueva",
        Purpose.FINANCIAL_AID: "para pedir dinero para ir a la universidad",
        Purpose.STUDY: "para ver cómo la escuela puede mejorar",
    },
    until="Este permiso acaba después del {day}.",
    no_end="Este permiso no tiene fecha final. Vale hasta que yo lo quite.",
    know="Yo sé que:",
    points=(
        "No tengo que firmar.",
        "Lo puedo quitar cuando quiera. Desde entonces nadie más lee los datos. Lo que ya se leyó no se puede borrar.",
        "Quien recibe los datos no los puede dar a otros, salvo si yo lo permito o si la ley lo deja.",
        "Puedo ver quién pidió los datos y quién los leyó.",
        "Me quedo con una copia de esta hoja.",
    ),
    copy_wanted="Quiero una copia de los datos que se den.",
    copy_later="Puedo pedir una copia de los datos que se den.",
    paper="Se firmó en papel el {day}. {clerk} lo guardó. La firma se comparó con: {seen}.",
)

WORDS = {"en": ENGLISH, "es": SPANISH}
"""By language."""
