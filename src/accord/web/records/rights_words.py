"""What the law gives a family, in plain words and in the languages of the site. A test measures how hard they read.

`access_days` is a dated number of rules/records.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Right:
    """One right: its name, and what it means. Gaps stand in braces."""

    name: str
    words: str
    source: str


RIGHTS = {
    "en": (
        Right(
            "See the records",
            "You can ask to see all school records of your child. The school must show them to you within "
            "{access_days} school office days. Someone must help you read them if you ask.",
            "34 CFR 99.10; Education Code 49069.7",
        ),
        Right(
            "Have mistakes fixed",
            "Is something in the records wrong, or unfair? Ask the school to change it. If the school says no, you "
            "can ask for a meeting where both sides are heard. You can also add a note of your own.",
            "34 CFR 99.20 to 99.22; Education Code 49070",
        ),
        Right(
            "Say yes or no",
            "Most people need your yes, in writing, before they see the records. You can take it back. There are "
            "a few cases where the law does not ask for your yes: a judge can order it, or a life may be in danger.",
            "34 CFR 99.30 and 99.31; Education Code 49075 and 49076",
        ),
        Right(
            "Know who asked",
            "The school must write down who asked for the records, why, and who got them. You can read that here. "
            "What a judge tells the school to keep to itself is not shown.",
            "34 CFR 99.32; Education Code 49064",
        ),
        Right(
            "Complain",
            "Do you think the school broke these rules? You can write to the U.S. Department of Education in "
            "Washington, D.C. The office there is called Student Privacy Policy Office. You can also tell the school "
            "district.",
            "34 CFR 99.63 and 99.64",
        ),
        Right(
            "At 18 the rights move",
            "On the day your child turns 18, these rights are no longer yours. They are your child's. What you agreed "
            "to before then does not count any more.",
            "34 CFR 99.5; Education Code 49061",
        ),
    ),
    "es": (
        Right(
            "Ver los datos",
            "Usted puede pedir ver todos los datos que la escuela guarda de su hijo o hija. La escuela se los tiene "
            "que mostrar en {access_days} días de oficina. Si lo pide, alguien le ayuda a leerlos.",
            "34 CFR 99.10; Education Code 49069.7",
        ),
        Right(
            "Corregir errores",
            "¿Hay algo que está mal o que no es justo? Pida a la escuela que lo cambie. Si la escuela dice que no, "
            "puede pedir una junta para hablar los dos. También puede agregar una nota suya.",
            "34 CFR 99.20 to 99.22; Education Code 49070",
        ),
        Right(
            "Decir sí o no",
            "Casi todos necesitan su permiso por escrito para leer los datos. Usted lo puede quitar. En unos pocos "
            "casos la ley no pide su permiso: cuando lo manda un juez o si hay una vida en peligro.",
            "34 CFR 99.30 and 99.31; Education Code 49075 and 49076",
        ),
        Right(
            "Saber quién los pidió",
            "La escuela tiene que anotar quién pidió los datos, para qué, y a quién se los dio. Aquí lo puede leer. "
            "No se muestra lo que un juez manda callar.",
            "34 CFR 99.32; Education Code 49064",
        ),
        Right(
            "Quejarse",
            "¿Cree que la escuela no siguió estas reglas? Puede escribir al Departamento de Educación de los Estados "
            "Unidos, en Washington, D.C. La oficina se llama Student Privacy Policy Office. También puede hablar con "
            "el distrito.",
            "34 CFR 99.63 and 99.64",
        ),
        Right(
            "A los 18 años los derechos cambian de mano",
            "El día que su hijo o hija cumple 18 años, estos derechos ya no son de usted. Son de su hijo o hija. Lo "
            "que usted firmó antes ya no vale.",
            "34 CFR 99.5; Education Code 49061",
        ),
    ),
}
"""By language. The office to complain to: 34 CFR 99.63 [GK], its address changes and stands on its own site."""
