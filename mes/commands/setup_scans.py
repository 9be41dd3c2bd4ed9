"""Setting a station up by scanning: the position first, then the lot that goes on it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mes.commands import setups
from mes.commands.benches import NotHere
from mes.commands.command_codes import CommandRefused, Order, Told
from mes.models import FeedPosition, JobOrder, Mount, StationSession
from mes.queries import setups as reading
from plant.models import Equipment
from traceability.models import MaterialLot


def choose(order: Order, position: FeedPosition) -> Told:
    """The next lot is for this position: what it takes for the work order, and what is mounted there now."""
    if position.station_id != order.station.pk:
        message = _("Position %(position)s belongs to %(station)s, not to this station. Scan one of this station.")
        words = {"position": position.code, "station": position.station.code}
        raise NotHere(message % words, code="foreign-position", facts=words)
    if order.session is None:
        raise CommandRefused(_("Sign on with badge and PIN first; then the station keeps the position."))
    places = reading.of_station(order.station, order.job, order.at)
    here = next((one for one in places if one.position.pk == position.pk), None)
    mounted = Mount.objects.filter(position=position, taken_at__isnull=True).select_related("lot__material").first()
    if here is None and mounted is None:
        message = _("Work order %(job)s feeds nothing from %(position)s. Look at its set-up list.")
        words = {"job": order.job_number, "position": position.code}
        raise setups.MountRefused(message % words, code="position-not-used", facts={"position": position.code})
    StationSession.objects.filter(pk=order.session.pk).update(position=position)
    words = {"position": position.code, "takes": here.takes if here else "—"}
    facts = {"position": position.code, "takes": words["takes"]}
    if mounted is None:
        return Told(_("%(position)s takes %(takes)s.") % words, _("Scan the lot for it."), facts)
    told = _("%(position)s holds %(lot)s and takes %(takes)s.") % {**words, "lot": mounted.lot.number}
    return Told(told, _("Scan it to check it, a new one to change it, or UNMOUNT."), facts)


def mount(order: Order, position: FeedPosition, lot: MaterialLot) -> Told:
    """Put a scanned lot on the position that was scanned before it."""
    made = setups.mount(position=position, lot=lot, job_order=order.job, by=order.by, at=order.at)
    words = {"lot": lot.number, "material": lot.material.code, "position": position.code}
    message = _("%(lot)s (%(material)s) is right on %(position)s.") % words
    if made.follows is not None:
        words["before"] = made.follows.lot.number
        message = _("%(lot)s (%(material)s) is joined to %(before)s on %(position)s.") % words
    facts = {"position": position.code, "done": "mounted", "lot": lot.number}
    return Told(message, still_open(order.station, order.job, order.at), facts)


def still_open(station: Equipment, job: JobOrder, at: datetime) -> object:
    """Which position is to be seen to next, or that the line may start."""
    wrong = [one for one in reading.of_station(station, job, at) if one.trouble]
    if not wrong:
        return _("The set-up is right. Scan the lot or serial.")
    message = _("Next: %(position)s takes %(takes)s. %(count)s to go.")
    return message % {"position": wrong[0].position.code, "takes": wrong[0].takes, "count": len(wrong)}


def forget(session: StationSession) -> None:
    """The position that was scanned has had its lot, or something else was scanned."""
    if session.position_id is not None:
        StationSession.objects.filter(pk=session.pk).update(position=None)
