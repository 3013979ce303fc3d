"""
Words that say that a mail did not arrive, or not yet, in the languages that notices are written in.

They open the door to an address that stands near them, and tell delays from failures; what was
wrong is for the rules.  Source: docs/languages.md.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from bounceclass.text.phrases import Phrase, PhraseIndex

if TYPE_CHECKING:
    from bounceclass.text.phrases import Folded

__all__ = ["says_delayed", "says_delivered", "says_failed", "says_not_arrived"]

_FAILED: Final = (
    "could not be delivered", "couldn't be delivered", "can not be delivered", "cannot be delivered", "can't be delivered", "was not delivered",
    "were not delivered", "not been delivered", "not delivered", "could not be reached", "not able to deliver", "wasn't able to deliver",
    "unable to deliver", "could not deliver", "couldn't deliver", "cannot deliver", "can't deliver", "failed to deliver", "error delivering",
    "delivery failed", "error has occurred while attempting to deliver", "an error occurred while trying to deliver", "had delivery errors", "following list of recipients", "delivery has failed", "delivery to the following * failed", "failed permanently", "was aborted", "delivery attempts",
    "following address * failed", "following addresses failed", "following address(es) failed", "following recipients failed", "failed recipient*",
    "failed addresses", "did not reach", "did not receive", "not received", "undeliverable", "undelivered", "returned to sender", "permanent fatal errors",
    "fatal errors", "transient non-fatal errors", "delivery problems", "had delivery problems", "delivery errors", "delivery failure", "non-delivery", "was rejected", "been rejected",
    "were rejected", "automatically rejected", "failure reasons", "message failed", "failed because", "affected recipient*", "recipients were affected",
    "following recipient*", "following address*", "address error", "bad address", "unknown user", "user unknown", "no such user", "unknown recipient", "invalid recipient",
    "invalid final delivery", "user not known", "not a valid", "mailbox is full", "mailbox full", "over quota", "exceeds allowed size", "exceeded",
    "returned mail", "could not send", "unable to send", "has been delayed", "not yet been delivered", "is delayed", "been postponed", "not accepting mail",
    "wrong or no longer valid", "did not exactly match", "does not match", "does not exist", "recipient unknown", "delivery notification", "bounced", "was returned", "blocked",
    "unzustellbar", "nicht zugestellt", "konnte nicht", "non remis", "n'a pas pu etre", "n'a pas pu être", "échec de la remise", "impossible de remettre",
    "no se pudo entregar", "no pudo ser entregado", "no se ha podido entregar", "não pôde ser entregue", "nao pode ser enviada", "não foi possível entregar",
    "non è stato possibile consegnare", "impossibile consegnare", "impossibile recapitare", "kon niet worden bezorgd", "niet worden afgeleverd",
    "nie można dostarczyć", "nie mogła zostać dostarczona", "не может быть доставлено", "невозможно доставить", "не доставлено", "не может быть отправлено",
    "не удалось доставить", "nelze doručit", "nebylo možné doručit", "teslim edilemedi", "kunde inte levereras", "kunne ikke leveres", "ei voitu toimittaa",
    "送信できませんでした", "配信できませんでした", "配信に失敗しました", "送信に失敗しました", "送信できません", "配信できません", "届きませんでした", "配信されませんでした", "失敗しました",
    "見つかりません", "ブロックされました", "リストにありません", "エラー", "无法发送", "无法送达", "投递失败", "发送失败", "无法被正确投递", "无法投递", "未送达", "無法傳遞", "投遞失敗",
    "无法传递", "배달하지 못했", "전송 실패", "배달되지", "전달하지 못했", "反送", "未能送达", "被退回", "届けることができません", "お届けできません", "お届けすることができません",
    "det gick inte att leverera", "kunde inte leverera", "non è stato consegnato", "non e stato consegnato", "não foi entregue", "nao foi entregue", "no fue entregado",
    "n'a pas été remis", "n'a pas été délivré", "kon niet * bezorgd", "kon niet * afgeleverd", "nie została dostarczona", "nie został dostarczony", "не было доставлено",
    "triggered by a message you sent", "blev ikke leveret", "ble ikke levert", "delivery * was stopped", "could not * delivered",
)  # fmt: skip
_DELAYED: Final = (
    "not yet been delivered", "has been delayed", "is delayed", "was delayed", "have been delayed", "delivery is delayed", "still being retried", "will be retried", "will continue to try",
    "will keep trying", "continue to attempt", "delivery attempts will continue", "attempts will continue", "warning message only", "temporary failure report", "been postponed",
    "only a warning", "not yet delivered", "no action is required", "temporarily unable", "transient non-fatal errors", "will try again", "will be tried again", "retry for",
    "hat sich verzögert", "noch nicht zugestellt", "n'a pas encore été", "todavía no se ha", "配信が遅れて", "再送を試みています", "配信が完了していません", "まだ配信されていません",
    "投递延迟", "verzögert sich", "weitere zustellversuche", "n'a pas encore pu", "de nouvelles tentatives", "se volverá a intentar", "non è ancora stat*", "nuovi tentativi",
    "ainda não foi", "novas tentativas", "ещё не доставлено", "повторные попытки", "尚未送达", "まだ届いて", "jeszcze nie został*", "nog niet * afgeleverd", "ännu inte levererats", "еще не доставлено", "остается недоставленным",
)  # fmt: skip
_NOT_DELAYED: Final = (
    "giving up", "given up", "not going to try again", "no further delivery attempts", "could not be delivered for", "permanent error", "permanently", "fatal errors",
)  # fmt: skip
_DELIVERED: Final = (
    "was successfully delivered", "has been successfully delivered", "successfully delivered to", "was delivered to the following", "been delivered to the following",
    "successfully relayed", "was relayed", "message was delivered", "delivered to the recipient's mailbox", "erfolgreich zugestellt", "正常に配信されました", "已成功送达", "已成功到達",
)  # fmt: skip


@cache
def _index(phrases: tuple[str, ...]) -> PhraseIndex[None]:
    return PhraseIndex((Phrase(phrase), None) for phrase in phrases)


def _says(phrases: tuple[str, ...], folded: Folded) -> bool:
    return bool(_index(phrases).find(folded))


def says_not_arrived(folded: Folded) -> bool:
    """Tell whether a text says that something failed, or has not arrived yet."""
    return says_failed(folded) or says_delayed(folded)


def says_failed(folded: Folded) -> bool:
    """Tell whether a folded text says that a mail did not arrive."""
    return _says(_FAILED, folded)


def says_delayed(folded: Folded) -> bool:
    """Tell whether a folded text says that the server goes on trying."""
    return _says(_DELAYED, folded) and not _says(_NOT_DELAYED, folded)


def says_delivered(folded: Folded) -> bool:
    """Tell whether a folded text says that a mail did arrive."""
    return _says(_DELIVERED, folded)
