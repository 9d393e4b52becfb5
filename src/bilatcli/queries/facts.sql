-- What is recorded on the relations among these countries, or of this one?
WITH chosen AS (
    SELECT relation
    FROM member
    WHERE country IN (:c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8)
    GROUP BY relation
    HAVING COUNT(*) = :sides
)
SELECT 'relation' AS part, r.id AS place, '' AS ordering, r.json, NULL AS status, NULL AS verification, r.sources, NULL AS words
FROM chosen c
JOIN relation r ON r.id = c.relation
UNION ALL
SELECT 'fact', f.relation, f.ordering, f.json, f.status, f.verification, f.sources, f.words
FROM chosen c
JOIN fact f ON f.relation = c.relation
WHERE :topic IS NULL OR f.topic = :topic
UNION ALL
SELECT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL
FROM chosen c
JOIN reference e ON e.relation = c.relation
JOIN source s ON s.id = e.source
WHERE (:topic IS NULL OR e.topic = :topic OR e.topic = 'header')
ORDER BY part, place, ordering
