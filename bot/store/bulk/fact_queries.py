"""What is asked of the database for each kind of facts: one statement a kind, for any block.

Aggregated where the database does that best. Refuses what was dated after the day of the run.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Columns = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Query:
    """Columns after `account_id`: `d` a day, `n` a number, `w` a word. `table` tells if any.

    `account` is the account's column as the statement names it.
    """

    table: str
    text: str
    columns: Columns
    account: str = "account_id"


_NPS = """
SELECT account_id, COALESCE(respondent, ref) AS respondent, role, responded_on, score
FROM nps_answers
WHERE workspace_id = :ours AND {which} AND responded_on <= :on AND responded_on > :year_ago
"""
_TICKETS = """
SELECT account_id,
  COUNT(*) FILTER (WHERE opened_on > :days_28) AS opened_28d,
  COUNT(*) FILTER (WHERE opened_on > :days_112 AND opened_on <= :days_28) AS opened_84d_before,
  COUNT(*) FILTER (WHERE solved_on > :on OR (solved_on IS NULL AND status <> 'solved'))
    AS open_now,
  COUNT(*) FILTER (WHERE (solved_on > :on OR (solved_on IS NULL AND status <> 'solved'))
    AND priority IN ('high', 'urgent')) AS urgent_now
FROM tickets WHERE workspace_id = :ours AND {which} AND opened_on <= :on GROUP BY account_id
"""
_INVOICES = """
SELECT account_id, MIN(due_on) FILTER (WHERE paid_on IS NULL OR paid_on > :on) AS oldest_due_on
FROM invoices
WHERE workspace_id = :ours AND {which} AND COALESCE(issued_on, due_on) <= :on
GROUP BY account_id
"""
_INCIDENTS = """
SELECT a.account_id, i.severity, CASE WHEN i.ended_on <= :on THEN i.ended_on END AS ended_on
FROM incident_accounts AS a
JOIN incidents AS i ON i.workspace_id = a.workspace_id AND i.id = a.incident_id
WHERE a.workspace_id = :ours AND {which} AND i.started_on <= :on
  AND (i.ended_on IS NULL OR i.ended_on > :days_90)
"""
_TOUCHES = """
SELECT account_id, MAX(touched_on) AS touched_on FROM touches
WHERE workspace_id = :ours AND {which} AND touched_on <= :on GROUP BY account_id
"""
_VOC = """
SELECT account_id, said_on, speaker_role, sentiment, confidence FROM voc_remarks
WHERE workspace_id = :ours AND {which} AND said_on <= :on AND said_on > :year_ago
  AND sentiment IS NOT NULL
"""
# A left join, so that SQLite begins with the few champions and not with all logins there are.
_CHAMPIONS = """
SELECT c.account_id, MAX(a.active_on) AS active_on FROM contacts AS c
LEFT JOIN contact_activity AS a ON a.workspace_id = c.workspace_id
  AND a.account_id = c.account_id AND a.contact_ref = c.ref AND a.active_on <= :on
WHERE c.workspace_id = :ours AND {which} AND c.role = 'champion' AND c.is_active
GROUP BY c.account_id HAVING MAX(a.active_on) IS NOT NULL
"""
_ACTIVITY = """
SELECT account_id, active_on, COUNT(*) AS people FROM contact_activity
WHERE workspace_id = :ours AND {which} AND active_on <= :on AND active_on > :days_90
GROUP BY account_id, active_on
"""
_CONTRACTS = """
SELECT account_id, MIN(renews_on) FILTER (WHERE renews_on >= :on) AS renews_on,
  MIN(notice_on) FILTER (WHERE notice_on >= :on) AS notice_on
FROM contracts
WHERE workspace_id = :ours AND {which} AND (starts_on IS NULL OR starts_on <= :on)
GROUP BY account_id
"""
# The day by which a contract is decided: a notice deadline that has passed leaves none behind.
_DEADLINES = """
SELECT account_id, MIN(COALESCE(notice_on, renews_on)) AS deadline_on FROM contracts
WHERE workspace_id = :ours AND {which} AND (starts_on IS NULL OR starts_on <= :on)
  AND COALESCE(notice_on, renews_on) >= :on
GROUP BY account_id
"""
# The latest of all that the customer began, logins aside.
_SIGNS = """
SELECT account_id, MAX(seen_on) AS seen_on FROM (
  SELECT account_id, opened_on AS seen_on FROM tickets
  WHERE workspace_id = :ours AND {which} AND opened_on <= :on
  UNION ALL SELECT account_id, responded_on FROM nps_answers
  WHERE workspace_id = :ours AND {which} AND responded_on <= :on
  UNION ALL SELECT account_id, said_on FROM voc_remarks
  WHERE workspace_id = :ours AND {which} AND said_on <= :on
  UNION ALL SELECT account_id, touched_on FROM touches
  WHERE workspace_id = :ours AND {which} AND touched_on <= :on AND initiated_by = 'them'
) AS signs GROUP BY account_id
"""
_LICENCES = """
SELECT account_id, seats FROM contracts
WHERE workspace_id = :ours AND {which} AND (starts_on IS NULL OR starts_on <= :on)
  AND (ends_on IS NULL OR ends_on >= :on) AND seats IS NOT NULL
"""
_MONTHLY = """
SELECT account_id, metric, month_on, value FROM monthly_usage
WHERE workspace_id = :ours AND {which} AND month_on > :year_ago AND month_on < :month
"""
# 0 low, 1 normal, 2 high, 3 urgent; `until_on` is the end, none while it is open.
_INQUIRIES = """
SELECT account_id, opened_on,
  CASE WHEN solved_on <= :on THEN solved_on
    WHEN solved_on IS NULL AND status = 'solved' THEN opened_on END AS until_on,
  CASE priority WHEN 'urgent' THEN 3 WHEN 'high' THEN 2 WHEN 'low' THEN 0 ELSE 1 END AS severity
FROM tickets
WHERE workspace_id = :ours AND {which} AND opened_on <= :on AND opened_on > :days_112
"""
_BILLS = """
SELECT account_id, due_on, CASE WHEN paid_on <= :on THEN paid_on END AS paid_on
FROM invoices
WHERE workspace_id = :ours AND {which} AND due_on <= :on AND due_on > :days_180
"""
_EVENTS = """
SELECT account_id, occurred_on, kind FROM marketing_events
WHERE workspace_id = :ours AND {which} AND occurred_on <= :on AND occurred_on > :days_90
"""
_LIMITS = """
SELECT account_id, limit_metric, plan_limit FROM contracts
WHERE workspace_id = :ours AND {which} AND (starts_on IS NULL OR starts_on <= :on)
  AND (ends_on IS NULL OR ends_on >= :on) AND plan_limit > 0 AND limit_metric IS NOT NULL
"""
_REQUESTS = """
SELECT account_id, COUNT(*) AS asked_90d FROM voc_remarks
WHERE workspace_id = :ours AND {which} AND said_on <= :on AND said_on > :days_90
  AND category = 'product'
GROUP BY account_id
"""
_CONTACTS = """
SELECT account_id, COUNT(*) FILTER (WHERE is_active) AS people FROM contacts
WHERE workspace_id = :ours AND {which} GROUP BY account_id
"""
# Decision makers and champions with the first and last login of a year.
_KEY_PEOPLE = """
SELECT c.account_id, c.role, CASE WHEN c.is_active THEN 1 ELSE 0 END AS is_active,
  MIN(a.active_on) AS first_on, MAX(a.active_on) AS last_on
FROM contacts AS c
LEFT JOIN contact_activity AS a ON a.workspace_id = c.workspace_id
  AND a.account_id = c.account_id AND a.contact_ref = c.ref
  AND a.active_on <= :on AND a.active_on > :year_ago
WHERE c.workspace_id = :ours AND {which} AND c.role IN ('decision_maker', 'champion')
GROUP BY c.account_id, c.ref, c.role, c.is_active
"""
_DECIDERS = """
SELECT c.account_id, a.active_on, SUM(a.logins) AS logins FROM contacts AS c
JOIN contact_activity AS a ON a.workspace_id = c.workspace_id AND a.account_id = c.account_id
  AND a.contact_ref = c.ref AND a.active_on <= :on AND a.active_on > :days_60
WHERE c.workspace_id = :ours AND {which} AND c.role = 'decision_maker' AND c.is_active
GROUP BY c.account_id, a.active_on
"""

QUERIES = {
    "nps": Query(
        "nps_answers",
        _NPS,
        [("respondent", "w"), ("role", "w"), ("responded_on", "d"), ("score", "n")],
    ),
    "tickets": Query(
        "tickets",
        _TICKETS,
        [("opened_28d", "n"), ("opened_84d_before", "n"), ("open_now", "n"), ("urgent_now", "n")],
    ),
    "invoices": Query("invoices", _INVOICES, [("oldest_due_on", "d")]),
    "incidents": Query(
        "incidents", _INCIDENTS, [("severity", "w"), ("ended_on", "d")], "a.account_id"
    ),
    "touches": Query("touches", _TOUCHES, [("touched_on", "d")]),
    "voc": Query(
        "voc_remarks",
        _VOC,
        [("said_on", "d"), ("speaker_role", "w"), ("sentiment", "w"), ("confidence", "w")],
    ),
    "champions": Query("contact_activity", _CHAMPIONS, [("active_on", "d")], "c.account_id"),
    "activity": Query("contact_activity", _ACTIVITY, [("active_on", "d"), ("people", "n")]),
    "contracts": Query("contracts", _CONTRACTS, [("renews_on", "d"), ("notice_on", "d")]),
    "deadlines": Query("contracts", _DEADLINES, [("deadline_on", "d")]),
    # Four kinds together, so there is no one table whose emptiness would tell.
    "signs": Query("accounts", _SIGNS, [("seen_on", "d")]),
    "licences": Query("contracts", _LICENCES, [("seats", "n")]),
    "inquiries": Query(
        "tickets", _INQUIRIES, [("opened_on", "d"), ("until_on", "d"), ("severity", "n")]
    ),
    "bills": Query("invoices", _BILLS, [("due_on", "d"), ("paid_on", "d")]),
    "events": Query("marketing_events", _EVENTS, [("occurred_on", "d"), ("kind", "w")]),
    "limits": Query("contracts", _LIMITS, [("limit_metric", "w"), ("plan_limit", "n")]),
    "requests": Query("voc_remarks", _REQUESTS, [("asked_90d", "n")]),
    "contacts": Query("contacts", _CONTACTS, [("people", "n")]),
    "key_people": Query(
        "contact_activity",
        _KEY_PEOPLE,
        [("role", "w"), ("is_active", "n"), ("first_on", "d"), ("last_on", "d")],
        "c.account_id",
    ),
    "deciders": Query(
        "contact_activity", _DECIDERS, [("active_on", "d"), ("logins", "n")], "c.account_id"
    ),
    "monthly": Query(
        "monthly_usage", _MONTHLY, [("metric", "w"), ("month_on", "d"), ("value", "n")]
    ),
}

ACCOUNT_COLUMNS: dict[str, tuple[str, str]] = {
    "country": ("country", "w"),
    "tier": ("tier", "w"),
    "touch": ("touch", "w"),
    "stage": ("stage", "w"),
    "usage_expected": ("usage_expected", "n"),
    "seats": ("seats", "n"),
    "arr": ("arr_base", "n"),
    "difficulty": ("difficulty", "w"),
    "days_since_start": ("started_on", "d"),
}
