"""An answer as a file of a word processor: question, date, the answer as it stands, its sources with their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO

import docx
from docx.document import Document as File
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from assistant.answer import Answer
from assistant.web.api_models import whole
from assistant.web.origin import origin, quote_of
from assistant.web.parts import Kind, Part, Run, parts
from assistant.web.strings import phrase
from corpus.document import Document
from corpus.vocabulary import child_line

#: What official letters are set in (Nghị định 30/2020/NĐ-CP).
_FONT, _SIZE = "Times New Roman", 13
_DEEPEST = 3  # levels of lists that the template has


def docx_file(answer: Answer, documents: Mapping[str, Document], filters: Sequence[str], today: date) -> bytes:
    """The file. `filters`: the provinces, years and bodies that the question was limited to."""
    file = docx.Document()
    _set_up(file, today)
    file.add_heading(phrase("file_title").vi, 1)
    _labelled(file, phrase("file_asked", question=whole(answer.question)).vi)
    if filters:
        _labelled(file, phrase("file_filters", filters=", ".join(filters)).vi)
    _labelled(file, phrase("file_date", date=today.strftime("%d/%m/%Y")).vi)
    for part in parts(answer):
        _add(file, part)
    _add_sources(file, answer, documents)
    _add_footer(file)
    written = BytesIO()
    file.save(written)
    return written.getvalue()


def _set_up(file: File, today: date) -> None:
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = file.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), _FONT)
        lang = style.element.rPr.makeelement(qn("w:lang"), {qn("w:val"): "vi-VN"})
        style.element.rPr.append(lang)
    file.styles["Normal"].font.size = Pt(_SIZE)
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(3), Cm(2), Cm(2), Cm(2)
    about = file.core_properties
    about.title, about.author, about.comments = phrase("file_title").vi, phrase("site").vi, phrase("file_made").vi
    about.language = "vi-VN"
    about.created = about.modified = datetime.combine(today, time())


def _labelled(file: File, line: str) -> None:
    """A line whose words before the colon are bold."""
    label, _, said = line.partition(": ")
    paragraph = file.add_paragraph()
    paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(said)


def _add(file: File, part: Part) -> None:
    if part.kind is Kind.TABLE:
        _add_table(file, part)
    elif part.kind is Kind.HEADING:
        _set(file.add_heading("", 3), part.runs)
    elif part.kind is Kind.ITEM:
        level = min(part.depth + 1, _DEEPEST)
        # A list's numbers are those of the answer: the template's own would go on counting through the file.
        bullet = "List Continue" if part.number else "List Bullet"
        paragraph = file.add_paragraph(f"{part.number}. " if part.number else "", _level(bullet, level))
        _set(paragraph, part.runs)
    else:
        _set(file.add_paragraph(), part.runs)


def _level(style: str, level: int) -> str:
    return style if level == 1 else f"{style} {level}"


def _add_table(file: File, part: Part) -> None:
    width = max(len(row) for row in part.rows)
    table = file.add_table(rows=0, cols=width, style="Table Grid")
    for at, row in enumerate(part.rows):
        for cell, runs in zip(table.add_row().cells, row, strict=False):
            _set(cell.paragraphs[0], runs, bold=at == 0)
    file.add_paragraph()


def _set(paragraph: Paragraph, runs: Sequence[Run], bold: bool = False) -> None:
    for run in runs:
        if run.cites is not None:
            paragraph.add_run(str(run.cites)).font.superscript = True
            continue
        added = paragraph.add_run(whole(run.text))
        added.bold, added.italic = run.bold or bold or None, run.italic or None


def _add_sources(file: File, answer: Answer, documents: Mapping[str, Document]) -> None:
    if not answer.citations:
        return
    file.add_heading(phrase("sources").vi, 2)
    for citation in answer.citations:
        paragraph = file.add_paragraph(f"{citation.n}. {whole(origin(citation, documents))}: ")
        paragraph.add_run(f"“{whole(quote_of(citation, documents))}”").italic = True


def _add_footer(file: File) -> None:
    lines = (phrase("file_made").vi, phrase("file_help", number=child_line().number).vi)
    footer = file.sections[0].footer
    footer.paragraphs[0].text = lines[0]
    footer.add_paragraph(lines[1])
    for paragraph in footer.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(10)
