"""You come here for the plan file: one agency's year as JSON, read strictly and written back byte for byte.

``strict_json`` turns bytes into data; ``reading``, with ``memorandum``, ``table``, ``results`` and ``lists``, turns
data into a ``PlanFile`` or into the list of all that is wrong with it; the ``…_rows`` modules write it;
``exporting`` spells what the portal holds. The format is described in ``docs/plan-format.md``.
"""
