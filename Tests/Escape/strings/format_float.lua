-- The longest float texts.
-- expect: finished true
return #string.format("%.99f", 1.7976931348623157e308) < 500 and #string.format("%99.99a", 0.1) < 500
