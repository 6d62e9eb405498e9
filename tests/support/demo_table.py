"""The table of findings and their tickets, as wide as the terminal."""
import re
import unicodedata

SEVERITIES = ["critical", "high", "medium", "low", "info"]
GAP = "  "
LEAST_TITLE = 20
# The label by which a ticket is found again is the same length for all, and of no interest to a reader.
DEDUPE = re.compile(r"aspm-[0-9a-f]{4}[0-9a-f]+")


def width(text):
    """Columns on a terminal."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cut(text, columns):
    """`text` on one line, shortened with an ellipsis and filled up to `columns`."""
    text = " ".join(text.split())
    if width(text) > columns:
        while text and width(text) > columns - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - width(text))


def linked(text, url):
    """Terminals show this as a link (OSC 8)."""
    return f"\033]8;;{url}\033\\{text}\033]8;;\033\\"


def labels_of(ticket):
    labels = ticket["labels"]
    names = labels.split() if isinstance(labels, str) else labels
    return ", ".join(DEDUPE.sub(lambda m: m[0][:9] + "…", name) for name in names)


def order(finding):
    key, number = finding["ticket"]["key"].rsplit("-", 1)
    return SEVERITIES.index(finding["severity"]), key, int(number)


def table(findings, columns, is_terminal):
    """`findings` as the control API lists them, all with tickets."""
    findings = sorted(findings, key=order)
    fixed = {
        "Severity": [finding["severity"] for finding in findings],
        "Ticket": [finding["ticket"]["key"] for finding in findings],
        "Priority": [finding["ticket"]["priority"] or "" for finding in findings],
        "Due": [finding["ticket"]["dueDate"] or "" for finding in findings],
        "Labels": [labels_of(finding["ticket"]) for finding in findings],
        "Link": [finding["ticket"]["url"] for finding in findings],
    }
    widths = {name: max(map(width, [name, *values])) for name, values in fixed.items()}
    note = ""
    if columns - total(widths) < LEAST_TITLE:
        del fixed["Link"], widths["Link"]
        url, key = findings[0]["ticket"]["url"], findings[0]["ticket"]["key"]
        note = f"\nLinks: {url.replace(key, 'TICKET')}"
    title_width = max(LEAST_TITLE, min(columns - total(widths), max(width(f["title"]) for f in findings)))
    lines = [head(fixed, widths, title_width)]
    for row, finding in enumerate(findings):
        cells = {name: cut(values[row], widths[name]) for name, values in fixed.items()}
        if is_terminal:
            cells["Ticket"] = linked(cells["Ticket"], finding["ticket"]["url"])
        lines.append(line(cells, cut(finding["title"], title_width)))
    return "\n".join(lines) + note


def total(widths):
    return sum(widths.values()) + len(GAP) * len(widths)


def line(cells, title):
    first, *rest = cells.values()
    return GAP.join([first, title, *rest]).rstrip()


def head(fixed, widths, title_width):
    names = line({name: name.ljust(widths[name]) for name in fixed}, "Finding".ljust(title_width))
    rules = line({name: "-" * widths[name] for name in fixed}, "-" * title_width)
    return names + "\n" + rules
