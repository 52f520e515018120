-- Only addresses of the list.
-- grants: network
-- expect: error connecting to 'example.org:80' is not allowed (capability 'network')
return net.connect("example.org", 80)
