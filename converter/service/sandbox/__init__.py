"""A stand-in for CMS' auth service and submissions API, to practise on and to test against. It is not CMS."""
