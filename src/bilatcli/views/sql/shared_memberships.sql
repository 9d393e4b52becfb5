-- The organisations that two countries take part in, the status of each country in them, and the
-- number of their members.
SELECT m.organisation, m.name, m.members, m.status, n.status AS other_status
FROM membership m
JOIN membership n ON n.organisation = m.organisation AND n.country = :other
WHERE m.country = :one
