-- Environment variables were not granted.
-- expect: finished nil
return os.getenv
