-- Only addresses of the list, by HTTP as by TCP.
-- grants: network
-- expect: error connecting to 'example.org:80' is not allowed (capability 'network')
return http.request("http://example.org/")
