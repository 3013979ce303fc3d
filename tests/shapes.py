"""The shapes of mail that may have somebody dropped, genuine and not; anne@example.net is the one to be dropped."""

from __future__ import annotations

from typing import Final

FIELDS: Final = (
    "Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; anne@example.net\nAction: failed\nStatus: 5.1.1\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <anne@example.net>: User unknown\n"
)
_QUOTED: Final = "> > " + FIELDS.replace("\n", "\n> > ")
_DAEMON: Final = "From: MAILER-DAEMON@mx.example.net (Mail Delivery System)\n"
_PERSON: Final = "Return-Path: <mallory@evil.example>\nFrom: Mallory <mallory@evil.example>\n"
_REST: Final = "To: test-bounces@example.com\nMessage-ID: <{name}@example.net>\nDate: Sat, 21 Nov 2026 10:00:00 +0900\nMIME-Version: 1.0\n"
_UNDELIVERED: Final = "Subject: Undelivered Mail Returned to Sender\n"
_QUESTION: Final = "Subject: Question about a log\n"
_TEXT: Final = "Content-Type: text/plain\n\n"
_POST: Final = (
    "Return-Path: <test-bounces@example.com>\nReceived: from lists.example.com by mx.example.net; Sat, 21 Nov 2026 09:59:00 +0900\n"
    "From: mallory@evil.example\nTo: test@example.com\nSubject: Re: bounces\nMessage-ID: <post@evil.example>\n\nThey all say:\n\n" + FIELDS
)


def _parts(*parts: str, subtype: str = "mixed") -> str:
    return f'Content-Type: multipart/{subtype}; boundary="BB"\n\n' + "".join(f"--BB\n{part}\n" for part in parts) + "--BB--\n"


def _report(fields: str = FIELDS, original: str = "From: test@example.com\nMessage-ID: <1@example.com>\nSubject: hello\n\nhello\n") -> str:
    human = "Content-Type: text/plain\n\nYour message could not be delivered.\n"
    return _parts(
        human,
        f"Content-Type: message/delivery-status\n\n{fields}",
        f"Content-Type: message/rfc822\n\n{original}",
        subtype="report; report-type=delivery-status",
    )


_QMAIL: Final = (
    "Content-Type: text/plain\n\nHi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n"
    "This is a permanent error; I've given up. Sorry it didn't work out.\n\n<{address}>:\n{words}\n\n--- Below this line is a copy of the message.\n\n"
)

SHAPES: Final = {
    "a real report": "Return-Path: <>\n" + _DAEMON + _UNDELIVERED + _report(),
    "a real notice in words": "Return-Path: <>\n" + _DAEMON + "Subject: failure notice\n"
    + _QMAIL.format(address="anne@example.net", words="Sorry, no mailbox here by that name. (#5.1.1)") + _POST.partition("They all")[0] + "hello\n",
    "a report on mail that others sent in my name": "Return-Path: <>\n" + _DAEMON + _UNDELIVERED
    + _report(original="From: test@example.com\nMessage-ID: <spam@evil.example>\nSubject: buy\n\nbuy\n"),
    "a report on an address that I never wrote to": "Return-Path: <>\n" + _DAEMON + _UNDELIVERED
    + _parts("Content-Type: text/plain\n\nYour message could not be delivered.\n", "Content-Type: message/delivery-status\n\n" + FIELDS, subtype="report; report-type=delivery-status"),
    "a forged report, perfect in form": "Return-Path: <>\n" + _DAEMON + _UNDELIVERED + _report(),
    "a forged report by a person's return path": "Return-Path: <mallory@evil.example>\n" + _DAEMON + _UNDELIVERED + _report(),
    "a report that a person writes": _PERSON + _UNDELIVERED + _report(),
    "fields in a person's text": _PERSON + _QUESTION + _TEXT + "What does this mean?\n\n" + FIELDS,
    "fields quoted by a person": _PERSON + _QUESTION + _TEXT + "What does this mean?\n\n" + _QUOTED,
    "fields in a person's code fence": _PERSON + _QUESTION + _TEXT + "See:\n\n```\n" + FIELDS + "```\n",
    "fields sent on by a tracker": "Return-Path: <noreply@tracker.example>\nFrom: Mallory <notifications@tracker.example>\nX-GitHub-Reason: mention\n"
    "Subject: [lists] Bounces are not parsed (#12)\n" + _TEXT + "Mallory wrote:\n\n" + FIELDS,
    "fields in HTML that is seen": _PERSON + _QUESTION + "Content-Type: text/html\n\n<p>See</p><pre>\n" + FIELDS + "</pre>\n",
    "fields in an HTML comment": _PERSON + _QUESTION + "Content-Type: text/html\n\n<p>hello</p><!--\n" + FIELDS + "-->\n",
    "fields in an HTML comment of a daemon's mail": "Return-Path: <>\n" + _DAEMON + _UNDELIVERED + "Content-Type: text/html\n\n<p>hello</p><!--\n" + FIELDS + "-->\n",
    "fields in an attached file": _PERSON + _QUESTION + _parts(_TEXT + "see the log\n", 'Content-Type: text/plain; name="log.txt"\n\n' + FIELDS),
    "a status part in a person's mail": _PERSON + _QUESTION + _parts(_TEXT + "see\n", "Content-Type: message/delivery-status\n\n" + FIELDS),
    "fields in an automatic answer": "Return-Path: <>\nFrom: Mallory <mallory@evil.example>\nAuto-Submitted: auto-replied\nSubject: Away until Monday\n" + _TEXT + "I am away.\n\n" + FIELDS,
    "a person who is called MAILER-DAEMON": 'Return-Path: <mallory@evil.example>\nFrom: "MAILER-DAEMON" <mallory@evil.example>\n' + _UNDELIVERED + _TEXT + FIELDS,
    "a person's words below a notice's subject": _PERSON + _UNDELIVERED + _TEXT + "<anne@example.net>: 550 5.1.1 user unknown\n",
    "a person's words below a question": _PERSON + "Subject: delivery problem?\n" + _TEXT + "<anne@example.net>: 550 5.1.1 user unknown\n",
    "a notice that a person forwards": _PERSON + "Subject: Fwd: Undelivered Mail Returned to Sender\n" + _TEXT + "what now?\n\n---------- Forwarded message ----------\n" + FIELDS,
    "a real notice, fields in the post below it": "Return-Path: <>\n" + _DAEMON + "Subject: failure notice\n"
    + _QMAIL.format(address="herb@example.net", words="552 5.2.2 mailbox full") + _POST,
    "a real report, fields in the post attached": "Return-Path: <>\n" + _DAEMON + _UNDELIVERED
    + _report(FIELDS.replace("anne", "herb").replace("5.1.1", "5.2.2").replace("User unknown", "mailbox full"), _POST),
    "a service's notification that a person pastes": _PERSON + _QUESTION + _TEXT
    + '{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[{"emailAddress":"anne@example.net","action":"failed","status":"5.1.1",'
    '"diagnosticCode":"smtp; 550 5.1.1 user unknown"}]},"mail":{"source":"test@example.com"}}\n',
    "a worm's copy of a server's words": 'Return-Path: <postmaster@example.net>\nFrom: "Mail Delivery Subsystem" <MAILER-DAEMON@example.net>\nSubject: Returned mail: see transcript for details\n'
    + _parts(
        _TEXT + "The original message was received at Sat, 21 Nov 2026 10:00:00 +0900 from example.net [192.0.2.4]\n\n"
        "----- The following addresses had permanent fatal errors -----\n<anne@example.net>\n\n----- Transcript of session follows -----\n"
        '... while talking to mail server example.net.:\n>>> MAIL FROM:"Bob" <bob@example.org>\n<<< 550 5.1.1 <anne@example.net>... User unknown\n',
        'Content-Type: application/octet-stream; name="message.zip"\nContent-Disposition: attachment; filename="message.zip"\n\nPK\n',
    ),
    "a complaint that a person writes": _PERSON + "Subject: complaint\n"
    + _parts(_TEXT + "spam!\n", "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: x/1\nVersion: 1\nOriginal-Rcpt-To: anne@example.net\n",
             "Content-Type: message/rfc822\n\nFrom: test@example.com\nSubject: hello\n\nhello\n", subtype="report; report-type=feedback-report"),
}  # fmt: skip


def mail(name: str) -> str:
    """Give the mail of a shape: its fields in front, then those that all have."""
    head, _, rest = SHAPES[name].partition("Content-Type:")
    return head + _REST.format(name=name.replace(" ", "-").replace("'", "").replace(",", "")) + "Content-Type:" + rest
