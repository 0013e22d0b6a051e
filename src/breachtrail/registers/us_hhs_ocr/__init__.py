"""The HHS OCR breach portal: US breaches of health records of 500 or more people (45 CFR 164.408(b))."""
