-- The best matches for the words, each with its score; and how many facts match in all (`total`),
-- and how many would match if superseded and retracted facts and any verification were included (`wider`).
-- There is at least one row, without a fact if nothing matches.
WITH matched AS MATERIALIZED (
    SELECT w.rowid AS number, bm25(fact_search, 10.0, 10.0, 5.0, 3.0, 1.0) AS score
    FROM fact_search w
    WHERE w.fact_search MATCH :sought
),
chosen AS MATERIALIZED (
    SELECT f.id, f.is_generated, f.verification,
        m.score * CASE f.is_headline WHEN 1 THEN 1.2 ELSE 1.0 END AS score,
        (f.is_retracted = 0 AND (f.status <> 'superseded' OR f.status_day > :as_of)) AS is_in_force
    FROM matched m
    JOIN fact f ON f.number = m.number
    WHERE (:topic IS NULL OR f.topic = :topic)
        AND (
            :countries IS NULL
            OR f.relation IN (
                SELECT b.relation FROM member b
                WHERE b.country IN (SELECT value FROM json_each(:countries))
            )
        )
        AND (:as_of IS NULL OR f.known_day <= :as_of)
        AND (:since IS NULL OR f.last_day >= :since)
        AND (:until IS NULL OR f.first_day <= :until)
),
wanted AS MATERIALIZED (
    SELECT c.id, c.is_generated, c.score
    FROM chosen c
    WHERE (:all = 1 OR c.is_in_force)
        AND (:verification IS NULL OR c.verification = :verification)
),
best AS MATERIALIZED (
    SELECT a.id, a.is_generated, a.score
    FROM wanted a
    ORDER BY a.is_generated, a.score, a.id
    LIMIT :limit
),
counts AS MATERIALIZED (
    SELECT (SELECT COUNT(*) FROM wanted) AS total, (SELECT COUNT(*) FROM chosen) AS wider
)
SELECT n.total, n.wider, h.id, h.score
FROM counts n
LEFT JOIN best h ON TRUE
ORDER BY h.is_generated, h.score, h.id
