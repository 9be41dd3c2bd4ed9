"""What is kept of every act of a tablet once it is answered."""

from typing import Any

from mes.commands import everyday, late_refusals
from mes.commands.everyday import Sent, Taken
from mes.commands.scan_outcomes import REFUSED
from plant.commands import journal
from plant.models import DeviceEvent


def close(sent: Sent, taken: Taken, answer: dict[str, Any], act: str) -> None:
    """Keep the answer for whoever asks again, the numbers that were passed over, and a refusal that came late."""
    event = DeviceEvent.objects.filter(device=sent.device[:80], event_id=sent.event_id)
    event.update(outcome=answer["outcome"], answer=answer)
    if taken.verdict == everyday.SKIPPED and sent.turn is not None:
        data = {"queue": sent.turn.queue, "numbers": list(sent.turn.gone)}
        journal.record("scan.skipped", subject=sent.station, by=sent.by, data=data)
    if answer["outcome"] == REFUSED:
        late_refusals.keep(sent=sent, act=act, code=answer["code"], reason=answer["message"])
