-- The rows of tables on the relations of some ids of facts, if a row makes a fact with such an id: all
-- rows of the same table and relation, as they may supersede each other.
SELECT r.relation, r.data_table, r.key, r.cells, t.topic, t.coverage
FROM (
    SELECT DISTINCT n.relation, n.data_table
    FROM (SELECT value AS id FROM json_each(:ids)) AS wanted
    JOIN table_row n ON n.relation = SUBSTR(wanted.id, 1, 5)
        AND n.relation || '/' || n.data_table || '-' || n.key = wanted.id
) AS named
JOIN table_row r ON r.relation = named.relation AND r.data_table = named.data_table
JOIN data_table t ON t.id = r.data_table
ORDER BY r.relation, r.data_table, r.key
