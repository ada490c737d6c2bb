"""What a person without a mouse, without good eyes or with a small screen would trip over on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = Axe()
MOST_STOPS = 150


def axe_faults(page: Page) -> list[str]:
    """Return what axe calls a violation, as rule and first place."""
    options = {"runOnly": LEVELS, "resultTypes": ["violations"]}
    found = AXE.run(page, options=options).response["violations"]
    return [line for fault in found for line in _told(fault)]


def _told(fault: dict) -> list[str]:
    """Return rule, place and reason of a violation's first places."""
    places = fault["nodes"][:3]
    reasons = [place["failureSummary"].split("\n")[1].strip() for place in places]
    return [f"{fault['id']}: {place['html'][:160]}: {reason}" for place, reason in zip(places, reasons, strict=True)]


def unfold(page: Page) -> None:
    """Open what is folded away, so that it is looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")


def too_wide(page: Page) -> list[str]:
    """Return what reaches out of the page to the right, nothing when the page does not scroll sideways."""
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            const out = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width);
            return ["the page is too wide", ...out.slice(-3).map((e) => e.outerHTML.slice(0, 120))];
        }"""
    )


def cramped(page: Page) -> list[str]:
    """Return the elements whose content is wider than they are and neither scrolls nor is hidden on purpose."""
    return page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((e) => {
            const look = getComputedStyle(e);
            const spills = e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1;
            const head = e.closest("thead"); // out of sight where rows become cards
            const hidden = head && getComputedStyle(head).position === "absolute";
            return spills && !hidden && look.display !== "inline" && look.overflowX === "visible";
        }).map((e) => e.outerHTML.slice(0, 120))"""
    )


FROM_THE_START = "() => { document.activeElement?.blur(); window.scrollTo(0, 0); }"
# Where the focus is: null past the last stop, else what hides it. Its own scrolled content may cover a region.
LOOK_AT_FOCUS = """() => {
    const e = document.activeElement;
    if (!e || e === document.body || window.seen?.has(e)) return null;
    (window.seen ??= new Set()).add(e);
    for (const r of e.getClientRects()) {
        const left = Math.max(r.left, 0), right = Math.min(r.right, innerWidth);
        const top = Math.max(r.top, 0), bottom = Math.min(r.bottom, innerHeight);
        if (right - left < 1 || bottom - top < 1) continue;
        const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return e.contains(at) ? "" : `${e.outerHTML.slice(0, 120)} lies under ${at?.outerHTML.slice(0, 80)}`;
    }
    return `${e.outerHTML.slice(0, 120)} is out of sight`;
}"""


def hidden_stops(page: Page) -> list[str]:
    """Walk the page by the Tab key and return the stops that cannot be seen."""
    page.evaluate(FROM_THE_START)
    hidden = []
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(LOOK_AT_FOCUS)
        if found is None:
            break
        if found:
            hidden.append(found)
    page.evaluate(FROM_THE_START)  # the skip link would lie over the page's name
    return hidden
