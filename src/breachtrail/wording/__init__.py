"""How figures are said and shown: numbers, phrases and charts, in English and in Chinese, shared by every face."""
