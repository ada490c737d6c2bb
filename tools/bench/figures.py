"""One measured number as one JSON line."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured (`bench`, `case`, `figure`), and how much of which unit."""

    bench: str
    case: str
    figure: str
    value: float
    unit: str

    def __str__(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)
