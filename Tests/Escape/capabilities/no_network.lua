-- No network was granted.
-- expect: finished nil
return net
