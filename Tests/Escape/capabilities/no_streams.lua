-- No standard streams were granted.
-- expect: finished nil nil
return print, io
