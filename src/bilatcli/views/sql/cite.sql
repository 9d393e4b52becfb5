-- Which sources carry what is recorded among these countries, these facts, or which facts rest on these sources?
WITH chosen AS (
    SELECT r.id AS relation
    FROM relation r
    WHERE r.id IN (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, :p11, :p12, :p13, :p14, :p15)
    UNION ALL
    SELECT m.relation
    FROM member m
    WHERE m.country = :country
),
cited AS (
    SELECT f.id
    FROM chosen c
    JOIN fact f ON f.relation = c.relation
    UNION
    SELECT f.id
    FROM fact f
    WHERE f.id IN (:r1, :r2, :r3, :r4, :r5, :r6, :r7, :r8, :r9, :r10, :r11, :r12, :r13, :r14, :r15, :r16, :r17, :r18, :r19, :r20, :r21, :r22, :r23, :r24)
    UNION
    SELECT e.fact
    FROM evidence e
    WHERE e.source IN (:r1, :r2, :r3, :r4, :r5, :r6, :r7, :r8, :r9, :r10, :r11, :r12, :r13, :r14, :r15, :r16, :r17, :r18, :r19, :r20, :r21, :r22, :r23, :r24)
)
SELECT 'relation' AS part, r.id AS place, '' AS ordering, CASE WHEN :as_of IS NULL THEN r.json ELSE r.json_as_of END AS json, NULL AS status, NULL AS verification, r.source_ids, NULL AS words, NULL AS fact
FROM chosen c
JOIN relation r ON r.id = c.relation
UNION ALL
SELECT 'fact', f.relation, f.sort_key, f.json, CASE WHEN f.status_day > :as_of THEN f.status_before WHEN f.status = 'historical' AND f.until_day > :as_of THEN 'current' ELSE f.status END, f.verification, f.source_ids, f.filter_words, f.id
FROM cited c
JOIN fact f ON f.id = c.id
WHERE (:as_of IS NULL OR f.known_day <= :as_of) AND (:since IS NULL OR f.last_day >= :since) AND (:until IS NULL OR f.first_day <= :until)
UNION ALL
SELECT DISTINCT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL, NULL
FROM cited c
JOIN evidence e ON e.fact = c.id
JOIN source s ON s.id = e.source
UNION ALL
SELECT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL, NULL
FROM chosen c
JOIN reference e ON e.relation = c.relation
JOIN source s ON s.id = e.source
UNION ALL
SELECT 'source', s.id, '', s.json, NULL, NULL, NULL, NULL, NULL
FROM source s
WHERE s.id IN (:r1, :r2, :r3, :r4, :r5, :r6, :r7, :r8, :r9, :r10, :r11, :r12, :r13, :r14, :r15, :r16, :r17, :r18, :r19, :r20, :r21, :r22, :r23, :r24)
