-- The newest dated facts that an editor wrote, plans left out unless asked for, and how many there
-- are in all: of all relations, or of those of the `countries`, which the index of relations finds.
-- Among those of countries are generated facts with a date of what happened.
WITH wanted AS MATERIALIZED (
    SELECT f.id, f.first_day
    FROM (
        SELECT a.number FROM fact a WHERE :countries IS NULL
        UNION ALL
        SELECT c.number
        FROM (
            SELECT DISTINCT b.relation FROM member b
            WHERE b.country IN (SELECT value FROM json_each(:countries))
        ) AS r
        JOIN fact c ON c.relation = r.relation
    ) AS chosen
    JOIN fact f ON f.number = chosen.number
    WHERE (f.is_generated = 0 OR (:countries IS NOT NULL AND INSTR(f.json, '"date":null,') = 0))
        AND f.first_day < '9'
        AND (:has_plans = 1 OR f.status <> 'planned')
        AND (:topic IS NULL OR f.topic = :topic)
        AND (:as_of IS NULL OR f.known_day <= :as_of)
        AND (:as_of IS NULL OR f.first_day <= :as_of)
        AND (:since IS NULL OR f.last_day >= :since)
        AND (:until IS NULL OR f.first_day <= :until)
        AND (:all = 1 OR f.status <> 'superseded' OR f.status_day > :as_of)
        AND (:all = 1 OR f.is_retracted = 0)
        AND (:verification IS NULL OR f.verification = :verification)
)
SELECT w.id, (SELECT COUNT(*) FROM wanted) AS total
FROM wanted w
ORDER BY w.first_day DESC, w.id
LIMIT :limit
