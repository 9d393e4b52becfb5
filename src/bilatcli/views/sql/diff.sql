-- What became known between the ends of two dates, was superseded or ended?
WITH chosen AS (
    SELECT r.id AS relation
    FROM relation r
    WHERE r.id IN (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, :p11, :p12, :p13, :p14, :p15)
    UNION ALL
    SELECT m.relation
    FROM member m
    WHERE m.country = :country
),
told AS (
    SELECT f.id,
        CASE
            WHEN f.known_day > :from THEN 'added'
            WHEN f.status_day > :from AND f.status_day <= :to THEN 'superseded'
            WHEN f.until_day > :from AND f.until_day <= :to AND (f.status_day IS NULL OR f.status_day > :to) THEN 'ended'
        END AS change
    FROM chosen c
    JOIN fact f ON f.relation = c.relation
    WHERE (:topic IS NULL OR f.topic = :topic) AND f.known_day <= :to
)
SELECT 'relation' AS part, r.id AS place, '' AS ordering, r.json_as_of AS json, NULL AS status, NULL AS verification, r.source_ids, NULL AS words, NULL AS id, NULL AS change, NULL AS was
FROM chosen c
JOIN relation r ON r.id = c.relation
UNION ALL
SELECT 'fact', CASE t.change WHEN 'added' THEN '1 ' WHEN 'superseded' THEN '2 ' ELSE '3 ' END || f.first_day, f.id, f.json,
    CASE WHEN f.status_day > :to THEN f.status_before WHEN f.status_day IS NULL AND f.until_day > :to THEN 'current' ELSE f.status END,
    f.verification, f.source_ids, f.filter_words, f.id, t.change,
    CASE WHEN f.known_day > :from THEN NULL WHEN f.status_day > :from THEN f.status_before WHEN f.status_day IS NULL AND f.until_day > :from THEN 'current' ELSE f.status END
FROM told t
JOIN fact f ON f.id = t.id
WHERE t.change IS NOT NULL
UNION ALL
SELECT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM chosen c
JOIN reference e ON e.relation = c.relation
JOIN source s ON s.id = e.source
WHERE (:topic IS NULL OR e.topic = :topic OR e.topic = 'header')
