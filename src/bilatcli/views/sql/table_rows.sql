-- The rows of tables on some relations, on a topic if one is given, and what their tables decide.
SELECT r.relation, r.data_table, r.key, r.cells, t.topic, t.coverage
FROM (SELECT value AS id FROM json_each(:relations)) AS wanted
JOIN table_row r ON r.relation = wanted.id
JOIN data_table t ON t.id = r.data_table
    AND (:topic IS NULL OR t.topic = :topic)
ORDER BY r.relation, r.data_table, r.key
