-- What is this fact, what did it supersede, and what came after it; what is this source; who tells what of this event?
WITH RECURSIVE before AS (
    SELECT f.id
    FROM fact f
    WHERE f.id = :id
    UNION
    SELECT f.id
    FROM before b
    JOIN fact f ON f.superseded_by = b.id
),
after AS (
    SELECT f.superseded_by AS id
    FROM fact f
    WHERE f.id = :id
    UNION
    SELECT f.superseded_by
    FROM after a
    JOIN fact f ON f.id = a.id
),
told AS (
    SELECT id FROM before
    UNION
    SELECT id FROM after
    UNION
    SELECT f.id
    FROM fact f
    WHERE f.event = :event
)
SELECT 'fact' AS part, f.relation AS place, f.sort_key, f.json, f.status, f.verification, f.source_ids, f.filter_words, f.id
FROM told t
JOIN fact f ON f.id = t.id
UNION ALL
SELECT DISTINCT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL, NULL
FROM told t
JOIN evidence e ON e.fact = t.id
JOIN source s ON s.id = e.source
UNION ALL
SELECT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL, NULL
FROM source s
WHERE s.id = :id
