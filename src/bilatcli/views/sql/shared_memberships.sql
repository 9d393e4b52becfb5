-- The organisations that two countries take part in, what each is in them, and how many members they have.
SELECT m.organisation, m.name, m.members, m.status, n.status AS other_status
FROM membership m
JOIN membership n ON n.organisation = m.organisation AND n.country = :other
WHERE m.country = :one
