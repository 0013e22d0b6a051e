"""The second list of the HHS OCR breach portal: breaches of records of substance use disorder patients (42 CFR Part 2)."""
