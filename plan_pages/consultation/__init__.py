"""How a plan's draft is prepared: rounds of remarks, the register of remarks with their answers, requests for information.

It hangs on the register's rows and is never deleted with them. What must never be is refused by the database itself.
"""
