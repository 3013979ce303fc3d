"""
Subjects that tell a report's kind, in the languages they are written in.

A subject proves the kind, hardly ever the reason; and never alone: anybody can write one.
Phrases are folded (see `bounceclass.text.fold`); a trailing "*" lets anything follow.
Source of each: the servers' templates as collected in docs/languages.md.
"""

from __future__ import annotations

import re
from typing import Final

from bounceclass.model.vocabulary import Kind
from bounceclass.text.folding import fold

__all__ = ["claims_failure", "is_answer", "is_forward", "is_sure_reply", "kind_of_subject"]

_PHRASES: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.DELAY: (
        "delivery status notification (delay)", "delivery status notification(delay)", "warning: could not send message", "warning: message",
        "warning - delayed mail", "delayed mail", "message delayed", "mail delivery delayed", "delivery delayed", "delayed:", "delivery incomplete",
        "delayed delivery", "mail delivery warning", "transient", "warning: e-mail delivery delayed", "warning--could not send", "could not send mail for past", "delay in delivery",
        "zustellung verzogert", "zustellung verzögert", "verzögerte zustellung", "remise retardée", "entrega retrasada", "vertraagde bezorging",
        "försenad leverans", "配信遅延", "送信遅延", "配信状態通知 (遅延)", "传递已延迟:", "延迟送达", "投递延迟", "延遲傳送", "доставка отложена", "opóźniono dostarczenie",
        "배달 지연",
        "遅延)", "verzögert", "gecikti", "fördröjd",
    ),
    Kind.SUCCESS: (
        "delivery status notification (success)", "delivery status notification (relay)", "successful mail delivery report", "return receipt",
        "delivered:", "relayed:", "delivery confirmation", "your message was delivered", "メールが正常に配信されました", "邮件已成功送达", "郵件已成功到達郵箱",
        "doručeno:", "consegna:", "nachricht wurde erfolgreich zugestellt", "message was successfully delivered",
        "le message a été envoyé avec succès", "mensaje distribuido", "accettazione:", "il messaggio è stato consegnato con successo",
        "het bericht is afgeleverd", "сообщение было успешно доставлено", "předáno:", "zpráva byla doručena",
        "meddelandet levererades framgångsrikt",
    ),
    Kind.DISPOSITION: (
        "read:", "not read:", "read receipt", "disposition notification", "開封済み:", "未開封:", "開封確認", "既読:", "gelesen:", "nicht gelesen:", "ungelesen:",
        "empfangsbestätigung (gelesen):", "lu :", "lu:", "non lu", "leído:", "letto:", "lido:", "gelezen:", "przeczytane:", "прочитано:", "прочтено:",
        "已读:", "已阅读:", "读取:", "已讀取:", "已讀回條]", "已讀回執]", "讀取回條]", "읽음:", "läst:", "les:", "læst:", "přečteno:", "okundu:",
        "lukukuittaus:", "luetut:", "return receipt (displayed)",
        "これはあなたが送信したメッセージに対する開封確認です。", "未読:", "邮件已读", "您的邮件未被阅读", "发送回执(已读):", "这是您的邮件回执", "这是您发送给", "没有读过:", "已讀回條]", "已讀回執]", "讀取回條]",
        "郵件回條(已閱讀):", "這是您寄給", "沒有讀取:", "읽음 확인 (수신):", "이것은 사용자의 메시지에 대한 읽음 확인입니다.", "이것은", "dies ist eine empfangsbestätigung für", "lu(s) :",
        "avis d'ouverture du courriel (lu):", "ceci est un avis d'ouverture de votre courriel",
        "ceci est un accusé de réception pour l'e-mail envoyé à", "no leído:", "devolver recibo de confirmación (lectura):",
        "esto es un acuse de recibo de su mensaje", "este es un acuse de recibo para el mensaje que usted envió a", "non letto:",
        "ricevuta di ritorno (letto):", "questa è la ricevuta di ritorno del messaggio inviato a", "lida:", "não lida:", "não lido:",
        "recibo de leitura:", "confirmação de leitura (exibida):", "esta é uma confirmação de leitura da mensagem que você enviou para",
        "ongelezen:", "ontvangstbevestiging (gelezen):", "dit is een leesbevestiging voor de e-mail die u naar", "potwierdzenie otrzymania:",
        "to jest potwierdzenie dostarczenia twojej wiadomości", "to jest potwierdzenie doręczenia wiadomości, która została wysłana na adres",
        "не прочитано:", "уведомление о прочтении:", "это уведомление о прочтении вашего сообщения", "nepřečtené:", "potvrzení o přijetí zprávy:",
        "toto je potvrzení o přečtení ke zprávě, kterou jste poslali pro", "alındı onayı (okundu):", "i̇letinizin okundu onayı", "bu,", "oläst:",
        "mottagarkvitto (läst):", "detta är ett mottagningskvitto för meddelandet du skickade till",
    ),
    Kind.AUTO_REPLY: (
        "out of office", "out of the office", "out-of-office", "automatic reply", "auto-reply", "auto reply", "autoreply", "auto response",
        "autoresponse", "autoresponder", "auto:", "vacation", "on vacation", "away from my mail", "i am away", "自動応答", "自動返信", "自動回答", "不在通知", "不在:",
        "不在の", "休暇", "automatische antwort", "abwesenheit", "abwesend", "urlaub", "nicht im büro", "ausser haus", "eingangsbestätigung",
        "réponse automatique", "absence du bureau", "respuesta automática", "fuera de la oficina", "resposta automática", "risposta automatica",
        "automatisch antwoord", "afwezig", "automatyczna odpowiedź", "autodpowiedź", "автоответ", "автоматический ответ", "自动答复", "自动回复", "自動回覆",
        "자동 회신", "부재중", "automatická odpověď", "otomatik yanıt", "automatiskt svar", "autosvar", "automatisk svar", "automaattinen vastaus",
        "thank you for contacting", "thank you for your email", "thank you for your message", "we have received your", "we received your",
        "your request has been received", "acknowledgement of receipt",
        "外出中", "夏季休業", "年末年始休業", "我已收到您的邮件", "此邮件为自动回复)", "automatische empfangsbestätigung", "ferienabwesenheit", "ausser haus", "je suis absent",
        "estaré ausente", "fuori ufficio", "ausente do escritório", "fora do escritório", "estarei ausente", "estou ausente", "niet aanwezig",
        "ответ автоматически", "mimo kancelář", "frånvarande", "frånvaro", "inte på kontoret", "fraværende", "ikke til stede",
    ),
    Kind.CHALLENGE: (
        "please confirm your message", "confirm your email", "verify your email to", "sender verification", "your message awaits", "message verification",
        "please verify that you", "confirmation required for your message", "action required to deliver",
    ),
    Kind.FAILURE: (
        "undeliver", "returned mail", "failure notice", "failure notice", "mail delivery fail", "delivery fail", "delivery status notification",
        "delivery notification", "delivery report", "non-delivery", "nondelivery", "non delivery", "mail system error", "returned to sender",
        "returning message to sender", "message undeliverable", "mail could not be delivered", "mail delivery problem", "mail delivery error",
        "undelivered", "unzustellbar", "nachricht nicht zugestellt", "bounce", "email delivery failure", "mail error", "delivery problem",
        "unable to deliver", "could not deliver", "not delivered", "can't be delivered", "cannot be delivered", "couldn't be delivered", "rejected mail",
        "user unknown", "unknown user", "mail failure", "mail delivery subsystem", "message rejected", "notification d'état", "email not delivered",
        "non remis", "échec de la remise", "no se puede entregar", "no entregado", "mensaje no entregado", "devuelto", "não entregue", "não é possível",
        "non recapitabile", "impossibile consegnare", "onbestelbaar", "niet bezorgd", "nie można dostarczyć", "не доставлено", "недоставленное сообщение",
        "не может быть доставлено", "nedoručitelné", "nedoručeno", "teslim edilemedi", "kan ikke leveres", "kan inte levereras", "ej levererat",
        "olevererbart", "toimittaminen ei onnistunut", "配信不能", "配信エラー", "送信エラー", "メールを配信できませんでした", "メッセージを配信できません", "メール配信に失敗しました",
        "送信できませんでした", "メール送信失敗", "配信状態通知 (失敗)", "无法传递", "无法送达", "系统退信", "邮件传输失败", "投递失败", "退信", "無法傳遞", "投遞失敗", "배달되지 않음",
        "배달 실패", "반송", "발송 실패", "전송 실패",
        "傳遞至下列收件者或群組失敗:", "zustellung nicht möglich", "benachrichtigung zum übermittlungsstatus (fehlgeschlagen)",
        "problème de diffusion de votre message pour la liste '", "no se pudo entregar:", "no se pudo entregar a", "avviso di mancata consegna:",
        "zprávu nelze doručit", "nebylo možné doručit", "toto je automatická odpověď zaslaná konferencnim serverem sympa",
    ),
}  # fmt: skip
# What people's programs put before the subject of mail that they forward, and before that of mail that they answer.
_FORWARDS: Final = "fwd?|wg|tr|vs|rv|enc|doorst|i|转发|轉寄|転送"
_ANSWERS: Final = "re|aw|sv|antw|odp|res|rif|r|回复|答复|回覆|返信"
_ANSWER: Final = re.compile(rf"(?i)^\s*(?:\[[^\]]{{1,80}}\]\s*)?(?:{_ANSWERS}|{_FORWARDS})\s{{0,2}}(?:\[\d+\])?[:：]")
_LIST_TAG: Final = re.compile(r"^\s*\[[^\]]{1,80}\]\s*")
# What stands anywhere in these kinds' subjects; of the others the subject must begin so.
_ANYWHERE: Final = (Kind.CHALLENGE, Kind.DELAY, Kind.FAILURE)
# Notices of programs that report no delivery: of a postmaster's own server, of a scheduler.
_NO_REPORT: Final = ("postfix smtp server: errors from", "postfix smtp client: errors from", "cron <", "logwatch")
_FORWARD: Final = re.compile(rf"(?i)^\s*(?:\[[^\]]{{1,80}}\]\s*)?(?:{_FORWARDS})\s{{0,2}}[:：]")
# "RE: Newsletter : non remis" is a notice (French gateways put the word last), "RE: Non remis" an answer to one.
_WORD_LAST: Final = re.compile(r" [:：] ([^:：]{4,100})$")
_MAX: Final = 300
# What makes an answer automatic, in words that people do not open a subject with.
_SURE_REPLY: Final = (
    "auto",
    "自動",
    "自动",
    "자동",
    "авто",
    "otomatik",
    "out of office",
    "out-of-office",
    "out of the office",
    "abwesenheitsnotiz",
    "不在通知",
)
_ORNAMENTS: Final = "【[(「<* "
# What fake notices call themselves, beside the subjects of genuine ones.
_CLAIMING: Final = re.compile(
    r"(?i)undeliver|not delivered|delivery has failed"
    r"|(?:pending|held|blocked|quarantined|incoming|failed|delayed) (?:incoming )?(?:e-?mails?|mails?|messages?|deliver)"
    r"|(?:e-?mails?|mails?|messages?) (?:\S{1,20} )?(?:pending|held|blocked|on hold|quarantin|failed|delayed)|mail(?:box)? (?:delivery|quota)"
    r"|(?:配信|配送|送信)(?:エラー|でき|失敗|不能)|届けられ|未配信|未配達|未着|保留|隔離|検疫|退信|投递失败|无法投递|投遞失敗|zustellung|zugestellt|quarant"
    r"|no entregad|non recapit|non consegnat|non remis|non distribu|échec de remise"
    r"|messages? (?:entrants?|en attente|bloqués?)|mensajes (?:retenidos|pendientes)"
)


def is_answer(subject: str) -> bool:
    """Tell a person's answer to (or forward of) some other mail by its "Re:", in any language."""
    if not _ANSWER.match(subject):
        return False
    last = _WORD_LAST.search(subject[:_MAX])
    return not (last and kind_of_subject(last.group(1)) == (Kind.FAILURE, True))


def is_sure_reply(subject: str) -> bool:
    """Tell a subject that no person writes: "Automatic reply: …", not "Vacation photos"."""
    folded = fold(subject[:_MAX])
    return any(word in folded for word in _SURE_REPLY)


def is_forward(subject: str) -> bool:
    """Tell a person's forward of some other mail by its "Fwd:", in any language."""
    return _FORWARD.match(subject) is not None


def kind_of_subject(subject: str) -> tuple[Kind | None, bool]:
    """
    Give the kind that a subject names, and whether it opens with the words that name it.

    Args:
        subject: Decoded and unfolded, with or without a list's tag in front.
    """
    subject = subject[:_MAX].replace("_", " ")
    found = _kind(fold(subject).lstrip(_ORNAMENTS))
    untagged = _LIST_TAG.sub("", subject)
    return found if found[0] or untagged == subject else _kind(fold(untagged).lstrip(_ORNAMENTS))


def _kind(folded: str) -> tuple[Kind | None, bool]:
    if not folded:
        return None, False
    if folded.startswith(_NO_REPORT):
        return Kind.OTHER, True
    for kind, phrases in _PHRASES.items():
        if folded.startswith(phrases):
            return kind, True
    for kind in _ANYWHERE:
        if any(phrase in folded for phrase in _PHRASES[kind]):
            return kind, False
    return None, False


def claims_failure(subject: str) -> bool:
    """Tell whether a subject speaks of mail that did not arrive, as fake notices do too; far more loosely than `kind_of_subject()`."""
    return _CLAIMING.search(subject) is not None
