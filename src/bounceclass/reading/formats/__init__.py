"""How reports are written: three standards, automatic answers, notices in words, reports within mails, bare replies."""
