"""The shapes of what the API answers, once: from them the description at /openapi.json is made."""

from typing import Any

from index.document import BOUNDS, FLAGS, KINDS, ROLES, STAGES
from search.figures import BREAKDOWNS, CHANGES, REASONS, VERDICTS
from search.results import GROUPS, SORTS

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TRUE: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}
YEN: Schema = {"type": "integer", "description": "円"}


def ref(name: str) -> Schema:
    """Return what stands for a schema of SCHEMAS."""
    return {"$ref": f"#/components/schemas/{name}"}


def listed(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def among(*values: str) -> Schema:
    """Return the schema of one of some words."""
    return {"type": "string", "enum": list(values)}


def maybe(schema: Schema) -> Schema:
    """Return the schema of what may be null."""
    return {"anyOf": [schema, {"type": "null"}]}


def shape(**properties: Schema) -> Schema:
    """Return the schema of an object that has all of these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def joined(schema: Schema, **properties: Schema) -> Schema:
    """Return the schema of an object that has some properties more."""
    return shape(**schema["properties"], **properties)


COUNT: Schema = {"type": "integer", "minimum": 0}
LINE: Schema = {"type": "integer", "minimum": 1}
YEARS = listed({"type": "integer"})
SPANS = listed({"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2})
STAGE = maybe(among(*STAGES))

PLACED = shape(document=TEXT, place=ref("Place"))
ITEM = joined(
    PLACED,
    number=maybe(TEXT),
    name=TEXT,
    heading_path=listed(TEXT),
    amounts=listed(ref("Amount")),
    kind=among(*KINDS),
    text=TEXT,
    lead=TEXT,
)
ADDEND = joined(PLACED, name=TEXT, item=TEXT, number=maybe(TEXT), heading_path=listed(TEXT), amount=ref("Amount"))
MARKED = shape(source=among("name", "label", "text", "heading", "lead"), text=TEXT, marks=SPANS)
ALIKE = shape(name=TEXT, score=NUMBER)
DIAGNOSIS = listed(TEXT)

SCHEMAS: dict[str, Schema] = {
    "Place": shape(page=maybe(LINE), line=LINE, end_line=LINE),
    "Placed": PLACED,
    "Amount": shape(
        yen=YEN,
        years=YEARS,
        stage=STAGE,
        bound=among(*BOUNDS),
        role=among(*ROLES),
        account=maybe(TEXT),
        label=maybe(TEXT),
        flags=listed(among(*FLAGS)),
        over=maybe(COUNT),
        written=TEXT,
    ),
    "Addend": ADDEND,
    "LeftOut": joined(ADDEND, reason=among(*REASONS), reason_text=TEXT, instead=maybe(ref("Placed"))),
    "Point": shape(years=YEARS, stage=STAGE, yen=maybe(YEN)),
    "Hit": joined(
        ITEM,
        group=among(*GROUPS),
        matched=listed(COUNT),
        reason=TEXT,
        snippet=maybe(MARKED),
        name_marks=SPANS,
        repeats=listed(joined(PLACED, flag=among("repeated", "later"))),
        change=maybe(YEN),
    ),
    "ResultPage": shape(
        query=TEXT,
        reading=TEXT,
        counts=shape(**dict.fromkeys(GROUPS, COUNT)),
        found=COUNT,
        amounts=COUNT,
        offset=COUNT,
        limit=maybe(COUNT),
        sort=among(*SORTS),
        seconds=NUMBER,
        diagnosis=DIAGNOSIS,
        suggestions=listed(TEXT),
        hits=listed(ref("Hit")),
    ),
    "Items": shape(items=listed(joined(ITEM, lines=listed(shape(line=LINE, text=TEXT))))),
    "Documents": shape(
        documents=listed(
            shape(
                id=TEXT,
                title=TEXT,
                publisher=maybe(TEXT),
                date=maybe(TEXT),
                year=maybe({"type": "integer"}),
                stage=STAGE,
                account=maybe(TEXT),
                file=maybe(TEXT),
            )
        )
    ),
    "Total": shape(
        years=YEARS,
        stage=STAGE,
        yen=maybe(YEN),
        about=TRUE,
        naive=YEN,
        shares=listed(shape(name=maybe(TEXT), yen=YEN, count=COUNT)),
        counted=listed(ref("Addend")),
        left_out=listed(ref("LeftOut")),
    ),
    "TotalPage": shape(
        query=TEXT,
        reading=TEXT,
        by=maybe(among(*BREAKDOWNS)),
        seconds=NUMBER,
        diagnosis=DIAGNOSIS,
        totals=listed(ref("Total")),
        unsure=listed(ref("LeftOut")),
        unread=listed(shape(document=TEXT, count=COUNT)),
    ),
    "HistoryPage": shape(
        name=TEXT,
        names=listed(TEXT),
        alike=listed(ALIKE),
        points=listed(ref("Point")),
        outcomes=listed(
            shape(
                year={"type": "integer"},
                requested=maybe(YEN),
                got=listed(ref("Point")),
                yen=maybe(YEN),
                share=maybe(NUMBER),
                executed=maybe(YEN),
                available=maybe(YEN),
                rate=maybe(NUMBER),
            )
        ),
        entries=listed(
            joined(ADDEND, score=maybe(NUMBER), reason=maybe(among(*REASONS)), repeats=listed(ref("Placed")))
        ),
    ),
    "Bucket": shape(label=TEXT, hits=COUNT, sums=listed(ref("Point")), query=maybe(TEXT), within=listed(ref("Bucket"))),
    "FacetPage": shape(
        query=TEXT,
        reading=TEXT,
        hits=COUNT,
        diagnosis=DIAGNOSIS,
        facets=listed(shape(name=TEXT, label=TEXT, without=COUNT, buckets=listed(ref("Bucket")))),
    ),
    "CheckPage": shape(
        document=TEXT,
        title=TEXT,
        heading=maybe(TEXT),
        partial=maybe(shape(line=LINE, text=TEXT)),
        diagnosis=DIAGNOSIS,
        checks=listed(
            joined(
                PLACED,
                title=TEXT,
                years=YEARS,
                stage=STAGE,
                yen=YEN,
                sum=YEN,
                difference=YEN,
                tolerance=YEN,
                verdict=among(*VERDICTS),
                parts=listed(ref("Addend")),
                left_out=listed(ref("LeftOut")),
            )
        ),
    ),
    "Side": shape(label=TEXT, years=YEARS, stage=STAGE, yen=YEN),
    "ComparePage": shape(
        query=TEXT,
        diagnosis=DIAGNOSIS,
        alone=listed(ref("Side")),
        sections=listed(
            shape(
                before=ref("Side"),
                after=ref("Side"),
                compared=shape(before=YEN, after=YEN),
                change=YEN,
                pairs=listed(
                    shape(
                        name=TEXT,
                        kind=among(*CHANGES),
                        before=maybe(YEN),
                        after=maybe(YEN),
                        change=maybe(YEN),
                        places=listed(ref("Placed")),
                        alike=maybe(ALIKE),
                    )
                ),
                left_out=listed(ref("LeftOut")),
                note=TEXT,
            )
        ),
    ),
    "LinkPage": shape(
        note=TEXT, links=listed(joined(PLACED, name=TEXT, other=joined(PLACED, name=TEXT), same=TRUE, score=NUMBER))
    ),
    "Suggestions": shape(
        suggestions=listed(
            shape(text=TEXT, kind=among("field", "value", "word", "programme"), hits=maybe(COUNT), reading=TEXT)
        )
    ),
    "Fields": shape(
        fields=listed(
            shape(
                name=TEXT,
                label=TEXT,
                kind=TEXT,
                spellings=listed(TEXT),
                values={"type": "object", "additionalProperties": listed(TEXT)},
                example=TEXT,
                help=TEXT,
            )
        )
    ),
    "Problem": {
        "type": "object",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "source": TEXT,
            "span": {**SPANS["items"], "description": "検索式の中の場所（文字）"},
            "example": maybe(TEXT),
            "parameter": TEXT,
        },
        "required": ["type", "title", "status", "detail"],
        "additionalProperties": False,
    },
}
"""Every shape by its name."""

ANSWERS = {
    "api-search": "ResultPage",
    "api-item": "Items",
    "api-documents": "Documents",
    "api-total": "TotalPage",
    "api-history": "HistoryPage",
    "api-facets": "FacetPage",
    "api-suggest": "Suggestions",
    "api-fields": "Fields",
    "api-reconcile": "CheckPage",
    "api-compare": "ComparePage",
    "api-programmes": "LinkPage",
}
"""The shape of what each address of the API answers."""
