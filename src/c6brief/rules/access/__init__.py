"""Rules of access: what keeps readers out who listen, enlarge or see few colours. Printed files claim PDF/UA."""
