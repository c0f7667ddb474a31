"""Three screens that keep their documents up to date by the rules the documents state, and no others."""

from datetime import datetime, timedelta
from typing import Any

Document = dict[str, Any]
# As of the message, by the documents' own words.
OF_THE_MOMENT = {"server_time", "speed", "seq", "stale", "in_packs_kwh", "expected_end"}


class Screen:
    """Applies frames in order, each once; `rules` say how a kind of document takes them."""

    def __init__(self) -> None:
        self.document: Document | None = None
        self.seq = -1

    def take(self, frames: list[Document]) -> None:
        for frame in frames:
            if frame["type"] == "snapshot":
                self.document, self.seq = frame["data"], frame["seq"]
            elif frame["type"] == "live":
                assert self.document is not None
                self.live(self.document, frame["data"])
            elif frame["type"] != "beat" and frame["seq"] > self.seq:
                assert frame["seq"] == self.seq + 1, f"{self.seq} was followed by {frame['seq']}"
                assert self.document is not None
                self.durable(self.document, frame["data"])
                self.seq = frame["seq"]

    def durable(self, document: Document, data: Document) -> None:
        raise NotImplementedError

    def live(self, document: Document, data: Document) -> None:
        raise NotImplementedError

    def shown_at(self, now: datetime) -> Document:
        """Return what is shown, without what is as of the message."""
        assert self.document is not None
        return settle(self.document, now)


class DriverScreen(Screen):
    def durable(self, document, data):
        document.clear()
        document.update(data)

    def live(self, document, data):
        if data.get("eta"):
            document["eta"] = newer(document["eta"], data["eta"])
        if data.get("position"):
            document["unit"]["position"] = newer(document["unit"]["position"], data["position"])


class OpsScreen(Screen):
    def durable(self, document, data):
        for part, key in (("units", "id"), ("requests", "id"), ("routes", "unit")):
            upsert(document[part], data.get(part, []), key)
        for part in ("plan", "figures", "risks"):
            if part in data:
                document[part] = data[part]

    def live(self, document, data):
        for unit in document["units"]:
            if fix := data.get("position", {}).get(unit["id"]):
                unit["position"] = newer(unit["position"], fix)
            if level := data.get("soc", {}).get(unit["id"]):
                unit["soc"], unit["energy_kwh"] = level["soc"], level["energy_kwh"]
        for request in document["requests"]:
            if eta := data.get("eta", {}).get(request["id"]):
                request["eta"] = newer(request["eta"], eta)


class CrewScreen(Screen):
    def durable(self, document, data):
        document.update(data)

    def live(self, document, data):
        OpsScreen.live(self, {"units": [document["unit"]], "requests": []}, data)


def newer(held, come):
    return come if held is None or held["at"] <= come["at"] else held


def upsert(rows, changes, key):
    places = {row[key]: place for place, row in enumerate(rows)}
    for change in changes:
        if change[key] in places:
            rows[places[change[key]]] = change
        else:
            rows.append(change)


def settle(document: Document, now: datetime) -> Document:
    """Let what is over go, by the stated rules, and leave out what is as of the message."""
    settled = strip(document)
    if "requests" in settled:
        settled["requests"] = [r for r in settled["requests"] if not is_past(r["ended_at"], now, hours=1)]
        settled["requests"].sort(key=lambda request: request["id"])
    for route in settled.get("routes", [settled] if "stops" in settled else []):
        route["stops"] = [
            s for s in route["stops"] if s["state"] != "done" or not is_past(s["end"], now, hours=2)
        ]
    return settled


def strip(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: strip(inner)
            for key, inner in value.items()
            # What the pack of the coming unit holds is told with each durable message only.
            if key not in OF_THE_MOMENT
            and not (key == "soc" and "position" in value and "plate" in value and "state" not in value)
        }
    return [strip(inner) for inner in value] if isinstance(value, list) else value


def is_past(instant: str | None, now: datetime, **span: float) -> bool:
    return instant is not None and datetime.fromisoformat(instant) <= now - timedelta(**span)
