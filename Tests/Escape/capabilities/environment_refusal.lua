-- The refusal names the capability.
-- grants: environment
-- expect: error reading the environment variable 'HIDDEN' is not allowed (capability 'environment')
return os.getenv("HIDDEN")
