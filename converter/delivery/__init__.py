"""Sending submissions to the QPP submission API, reading back what it holds, and keeping receipts.

Nothing of CMS' own systems was ever called by this code: what it does follows the published documentation and client
programs of CMS. Only this package uses the network to send anything, and only to the address that a user names.
"""
