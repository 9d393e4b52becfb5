-- What matters most between these countries; or, of one country, which relations are there?
WITH chosen AS (
    SELECT relation
    FROM member
    WHERE country IN (:c1, :c2, :c3, :c4, :c5, :c6, :c7, :c8)
    GROUP BY relation
    HAVING COUNT(*) = :sides
)
SELECT 'relation' AS part, r.id AS place, '' AS ordering, r.json, NULL AS status, NULL AS verification, r.sources, r.line AS words
FROM chosen c
JOIN relation r ON r.id = c.relation
UNION ALL
SELECT 'fact', f.relation, f.ordering, f.json, f.status, f.verification, f.sources, f.words
FROM chosen c
JOIN fact f ON f.relation = c.relation
WHERE f.headline = 1 AND :sides = 2
UNION ALL
SELECT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL
FROM chosen c
JOIN fact f ON f.relation = c.relation AND f.headline = 1
JOIN evidence e ON e.fact = f.id
JOIN source s ON s.id = e.source
WHERE :sides = 2
UNION ALL
SELECT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL
FROM chosen c
JOIN reference e ON e.relation = c.relation AND e.topic = 'header'
JOIN source s ON s.id = e.source
WHERE :sides = 2
ORDER BY part, place, ordering
