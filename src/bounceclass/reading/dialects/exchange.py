"""
Exchange's notices in any language, by the order of their lines.

Corpus: corpus/exchange/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="exchange",
        title="Exchange 2007 and later",
        source="https://learn.microsoft.com/en-us/exchange/mail-flow/non-delivery-reports-and-bounce-messages/non-delivery-reports-and-bounce-messages",
        since="0.1",
        clues=(
            # Diagnostic information for administrators:
            Clue("text", "diagnostic information for administrators"),
            Clue("text", "informations de diagnostic pour les administrateurs"),
            Clue("text", "diagnoseinformationen für administratoren"),
            Clue("text", "informazioni di diagnostica per gli amministratori"),
            Clue("text", "información de diagnóstico para administradores"),
            Clue("text", "información de diagnóstico para los administradores"),
            Clue("text", "informações de diagnóstico para administradores"),
            Clue("text", "diagnostische gegevens voor beheerders"),
            Clue("text", "informacje diagnostyczne dla administratorów"),
            Clue("text", "диагностические сведения для администраторов"),
            Clue("text", "diagnostisk information för administratörer"),
            Clue("text", "diagnostické informace pro správce"),
            Clue("text", "管理者向けの診断情報"),
            Clue("text", "管理员的诊断信息"),
            Clue("text", "系統管理員的診斷資訊"),
            Clue("text", "관리자를 위한 진단 정보"),
            Clue("text", "관리자용 진단 정보"),
        ),
        # Diagnostic information for administrators:
        opens=r"^[^\n:：]{2,80}[:：][ \t]*+\n++[^\n:：]{3,60} ?[:：] ?[A-Za-z0-9-]+\.[^\n]*\n",
        # Original message headers:
        closes=r"^(?:Original message headers|En-têtes de message|Ursprüngliche Nachrichten|Intestazioni messaggio|Encabezados de mensajes?|Cabeçalhos de mensagem|Oorspronkelijke berichtkop|Oryginalne nagłówki|Исходные заголовки|元のメッセージ ヘッダー|原始邮件头|原始郵件標頭)",
        captures=(
            # a@example.jp
            # #550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##
            Capture(
                rf"^[ \t]*+(?P<recipient>{ADDRESS})(?:<mailto:[^>\n]{{1,320}}>)?[ \t]*+\n++(?P<diagnostic>(?:(?=[^\n]*\d\.\d\.\d)|#|Remote Server)[^\n]++(?:\n[^\n]++){{0,6}})"
            ),
        ),
    ),
)
