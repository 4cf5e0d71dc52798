"""The values that the hits of a query have, with the sums of each."""

from collections.abc import Iterator
from typing import Any

from search.figures import Bucket, Facet, FacetPage, Point
from search.render.cells import about
from search.render.figures.parts import BRANCH, point_object, stage_cell, when, year_cell
from search.render.sheets import Column, Row, Sheet

UNNAMED = "値なし"
QUERY = Column("絞り込み")
HEADS = (Column("値", "wide"), Column("件数", "count"), Column("", "bar"), Column("合計（億円）", "wide"))
FLAT_HEADS = (
    *(Column("項目"), Column("上位の値", "wide"), Column("値", "wide"), Column("件数", "count")),
    *(Column("年度"), Column("段階"), Column("金額", "oku"), Column("検索式")),
)


def sheets(page: FacetPage, full: bool) -> Iterator[Sheet]:
    """Yield a sheet for each facet; where `full`, with the condition that narrows the search to each value."""
    for facet in page.facets:
        rows = [row for each in facet.buckets for row in _rows(each, max(page.hits, 1))]
        rows += [Row((UNNAMED, facet.without, None, None, None), "weak")] if facet.without else []
        if rows:
            cut = tuple(row if full else row._replace(cells=row.cells[:-1]) for row in rows)
            yield Sheet(facet.label, (*HEADS, QUERY) if full else HEADS, cut)
    yield Sheet("", (), (), tuple(_notes(page)))


def flat(page: FacetPage) -> Sheet:
    """Return a row for each value and each combination of fiscal years and one stage in it."""
    return Sheet("内訳", FLAT_HEADS, tuple(row for facet in page.facets for row in _flat_rows(facet)))


def whole(page: FacetPage) -> dict[str, Any]:
    """Return the page as one object."""
    return {
        "query": page.query,
        "reading": page.reading,
        "hits": page.hits,
        "diagnosis": page.diagnosis,
        "facets": list(lines(page)),
    }


def lines(page: FacetPage) -> Iterator[dict[str, Any]]:
    """Yield an object for each facet."""
    for facet in page.facets:
        yield {
            "name": facet.name,
            "label": facet.label,
            "without": facet.without,
            "buckets": list(map(_bucket_object, facet.buckets)),
        }


def _rows(bucket: Bucket, hits: int, branch: str = "") -> Iterator[Row]:
    """Yield a value, then those below it."""
    share = bucket.hits / hits
    sums = "、".join(f"{when(each.years, each.stage)} {_sum(each)}" for each in bucket.sums) or None
    yield Row((f"{branch}{bucket.label}", bucket.hits, share, sums, bucket.query))
    for each in bucket.within:
        yield from _rows(each, hits, BRANCH)


def _sum(point: Point) -> str:
    return "―" if point.yen is None else about(point.yen)


def _flat_rows(facet: Facet) -> Iterator[Row]:
    for bucket in facet.buckets:
        yield from _bucket_rows(facet.label, bucket, None)
    if facet.without:
        yield Row((facet.label, None, UNNAMED, facet.without, None, None, None, None))


def _bucket_rows(label: str, bucket: Bucket, above: str | None) -> Iterator[Row]:
    """Yield a value once for each of its sums, once where it has none."""
    for point in bucket.sums or (Point((), None, None),):
        when_cells = (year_cell(point.years), stage_cell(point.stage), point.yen)
        yield Row((label, above, bucket.label, bucket.hits, *when_cells, bucket.query))
    for each in bucket.within:
        yield from _bucket_rows(label, each, bucket.label)


def _notes(page: FacetPage) -> Iterator[str]:
    """Yield how many hits there are, or why there are none."""
    yield f"{page.reading}：{page.hits:,}件" if page.hits else f"{page.reading}：該当なし"
    yield from page.diagnosis
    if any(bucket.sums for facet in page.facets for bucket in facet.buckets):
        yield "件数は該当・可能性・関連を合わせた数、合計は該当だけの、重複や内数などを除いた額。"
        yield "年度と段階の異なる金額は足し合わせない。"


def _bucket_object(bucket: Bucket) -> dict[str, Any]:
    return {
        "label": bucket.label,
        "hits": bucket.hits,
        "sums": list(map(point_object, bucket.sums)),
        "query": bucket.query,
        "within": list(map(_bucket_object, bucket.within)),
    }
