"""A ledger as a Django model: put it into an app's models.py."""

from django.db import models, transaction

from bounceclass import Ledger


class AddressFacts(models.Model):
    """What became of mail to an address."""

    address = models.EmailField(primary_key=True, max_length=320)
    facts = models.JSONField(default=dict)

    class Meta:
        app_label = "mailing"

    def __str__(self):
        return self.address


@transaction.atomic
def record(verdict, at, message_id=""):
    """Note a verdict, and give what to do with its address now."""
    address = verdict.intended_recipient.lower()
    row, _ = AddressFacts.objects.select_for_update().get_or_create(address=address)
    ledger = Ledger()
    ledger.put(address, row.facts)
    ledger.record(verdict, at=at, message_id=message_id)
    ledger.expire(at)
    row.facts = ledger.entry(address) or {}
    row.save()
    return ledger.standing(address, now=at)
