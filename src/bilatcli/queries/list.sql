-- Which relations are recorded, how fully, and how fresh?
SELECT 'relation' AS part, r.id AS place, r.coverage AS ordering, r.line AS json, NULL AS status, NULL AS verification, NULL AS sources, NULL AS words
FROM relation r
ORDER BY ordering, place
