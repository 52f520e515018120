-- No network was granted.
-- expect: finished nil
return http
